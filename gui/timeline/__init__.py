"""The timeline: lanes of findings, thumbnails, cached and analysed stretches."""
