"""The desk itself: one window, one title; its use cases, jobs and parts, put together."""
