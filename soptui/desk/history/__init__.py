"""What has happened: the trail, the log, exports, news, and what a stolen key signed."""
