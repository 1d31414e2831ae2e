"""The page: screens as pure functions from a form to HTML, served over HTTP and run in a browser alike."""
