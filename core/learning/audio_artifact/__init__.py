"""Teaching the network that hears hum, hiss, distortion and clicks, and measuring it."""
