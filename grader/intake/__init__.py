"""What was handed in, whatever way it was collected: one file a layout."""
