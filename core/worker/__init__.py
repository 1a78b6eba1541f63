"""The worker process beside the desk: takes requests, runs them as jobs, reports."""
