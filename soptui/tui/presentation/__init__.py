"""Pictures: cases, SOPs and people drawn as lines of toned text, without a screen."""
