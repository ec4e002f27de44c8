"""A real SMTP server that does as it is told: one word per line on stdin, one JSON line per mail on stdout.

smtp.py PORT [CERTIFICATE KEY USER PASSWORD]: with the latter nothing is taken without STARTTLS and sign-in.
"""
import email
import json
import ssl
import sys
import time
from email.header import decode_header, make_header

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult


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
        if self.mode == "drop-in-data":
            server.transport.abort()
            return "250 OK"
        if self.mode == "full":
            return "552 5.2.2 mailbox full"
        mail = email.message_from_bytes(envelope.content)
        told = {
            "id": mail["Message-ID"],
            "to": envelope.rcpt_tos,
            "subject": str(make_header(decode_header(mail["Subject"]))),
            "body": mail.get_payload(decode=True).decode("utf-8"),
            "mode": self.mode,
            "encrypted": session.ssl is not None,
            "user": session.auth_data.login.decode() if session.authenticated else None,
        }
        if self.mode.startswith("slow"):
            time.sleep(float(self.mode[4:]))
        print(json.dumps(told), flush=True)
        if self.mode == "drop-after-data":
            server.transport.abort()
        return "250 OK"


def secured(certificate, key, user, password):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)

    def sign_in(server, session, envelope, mechanism, data):
        known = (data.login, data.password) == (user.encode(), password.encode())
        return AuthResult(success=known, handled=False, auth_data=data)

    return {
        "tls_context": context,
        "require_starttls": True,
        "authenticator": sign_in,
        "auth_required": True,
    }


handler = Handler()
more = secured(*sys.argv[2:]) if len(sys.argv) > 2 else {}
controller = Controller(handler, hostname="127.0.0.1", port=int(sys.argv[1]), **more)
controller.start()
print("ready", flush=True)
for line in sys.stdin:
    handler.mode = line.strip()
    print("mode", flush=True)
controller.stop()
