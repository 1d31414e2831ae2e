"""The HTTP service: a JSON API of the commands, CDS Hooks, and the pages. Only what HTTP needs; all else is a call.

One process, nothing stored, no outgoing connection. Starlette and uvicorn (extra ``server``) are imported by the
modules that speak HTTP; what decides about a request is plain functions.
"""
