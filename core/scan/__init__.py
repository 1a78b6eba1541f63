"""Many titles and live channels: batch, watch folder, monitor."""
