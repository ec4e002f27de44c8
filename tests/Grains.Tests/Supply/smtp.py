"""A real SMTP server that does as it is told: one word per line on stdin, one JSON line per mail on stdout."""
import email
import json
import sys
import time
from email.header import decode_header, make_header

from aiosmtpd.controller import Controller


class Handler:
    mode = "accept"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.mode == "refuse":
            return "550 5.1.1 no such mailbox"
        if self.mode == "later":
            return "451 4.7.1 try again later"
        if self.mode == "drop-before-data":
            server.transport.abort()
            return "250 OK"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        mail = email.message_from_bytes(envelope.content)
        told = {
            "id": mail["Message-ID"],
            "to": envelope.rcpt_tos,
            "subject": str(make_header(decode_header(mail["Subject"]))),
            "body": mail.get_payload(decode=True).decode("utf-8"),
            "mode": self.mode,
        }
        if self.mode.startswith("slow"):
            time.sleep(float(self.mode[4:]))
        print(json.dumps(told), flush=True)
        if self.mode == "drop-after-data":
            server.transport.abort()
        return "250 OK"


handler = Handler()
controller = Controller(handler, hostname="127.0.0.1", port=int(sys.argv[1]))
controller.start()
print("ready", flush=True)
for line in sys.stdin:
    handler.mode = line.strip()
    print("mode", flush=True)
controller.stop()
