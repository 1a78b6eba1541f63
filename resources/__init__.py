"""Files the product ships: icons, themes, profiles, trained weights, licences."""
