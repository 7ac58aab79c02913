//! The app: loop, screens, widgets, theme.
