"""What has happened: the trail, logs, exports, news, and what a stolen key signed."""
