"""An HTTP endpoint of the standard library, for this machine alone: POST a case as JSON, get a review as JSON."""

import json
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import medsteward


class Endpoint(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        try:
            case = medsteward.from_json(self.rfile.read(int(self.headers["Content-Length"])), as_of=date.today())
            assert isinstance(case, medsteward.Case)
            status, body = 200, medsteward.to_json(medsteward.review(case, table=medsteward.factor_table("cdc_2022")))
        except medsteward.MedstewardError as error:
            status, body = 400, {"error": str(error)}
        self.send_response(status)
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", 8000), Endpoint).serve_forever()
