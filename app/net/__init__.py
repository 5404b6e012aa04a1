"""The one way out: requests sent politely and safely, and why one got no answer; the only room with `requests`."""
