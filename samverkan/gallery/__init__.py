"""All components on one page, with invented content: for changes of the look. Shown in development only."""
