"""A mail server for tests: listens on a free port of loopback, says which, and prints each mail as a line of JSON.

Its one argument is a JSON object, every member of which may be missing: tls (none, starttls, implicit), certificate,
key, users (name to password), without (mechanisms that are not offered), authenticated (nobody else may send),
recipients (address to reply), data (the reply to a mail), largest (bytes), utf8 (whether addresses beyond ASCII are
taken). It ends by a signal, and by itself after some minutes.
"""

import asyncio
import email
import email.policy
import json
import signal
import ssl
import sys


def say(document):
    text = json.dumps(document, ensure_ascii=False)
    sys.stdout.buffer.write(text.encode("utf-8", "surrogateescape") + b"\n")
    sys.stdout.buffer.flush()


try:
    from aiosmtpd.smtp import SMTP, AuthResult
except ImportError as error:
    say({"missing": str(error)})
    sys.exit(1)

settings = json.loads(sys.argv[1])


def words(part):
    return part.get_content().replace("\r\n", "\n") if part else None


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
        reply = settings.get("recipients", {}).get(address)
        if reply:
            return reply
        envelope.rcpt_tos.append(address)
        return "250 taken"

    async def handle_DATA(self, server, session, envelope):
        if settings.get("data"):
            return settings["data"]
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        bodies = {kind: message.get_body((kind,)) for kind in ("plain", "html")}
        say(
            {
                "from": envelope.mail_from,
                "to": envelope.rcpt_tos,
                "options": envelope.mail_options,
                "user": session.auth_data,
                "isEncrypted": session.ssl is not None or settings.get("tls") == "implicit",
                "headers": [[name, str(value)] for name, value in message.items()],
                "addresses": [[each.display_name, each.addr_spec] for each in message["To"].addresses],
                "type": message.get_content_type(),
                "parts": [part.get_content_type() for part in message.iter_parts()],
                "text": words(bodies["plain"]),
                "html": words(bodies["html"]),
                "defects": [str(defect) for part in message.walk() for defect in part.defects],
                "raw": envelope.original_content.decode("utf-8", "replace"),
            }
        )
        return "250 taken"


def authenticate(server, session, envelope, mechanism, data):
    name, password = data.login.decode(), data.password.decode()
    is_known = settings.get("users", {}).get(name) == password
    return AuthResult(success=is_known, handled=False, auth_data=f"{name} by {mechanism}")


def encryption():
    if settings.get("tls", "none") == "none":
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(settings["certificate"], settings["key"])
    return context


async def serve():
    context = encryption()
    is_implicit = settings.get("tls") == "implicit"

    def session():
        return SMTP(
            Handler(),
            hostname="mail.example",
            data_size_limit=settings.get("largest", 1 << 20),
            enable_SMTPUTF8=settings.get("utf8", False),
            tls_context=None if is_implicit else context,
            require_starttls=settings.get("tls") == "starttls",
            authenticator=authenticate if "users" in settings else None,
            auth_required=settings.get("authenticated", False),
            auth_require_tls=settings.get("tls") == "starttls",
            auth_exclude_mechanism=settings.get("without", []),
        )

    loop = asyncio.get_running_loop()
    server = await loop.create_server(session, "127.0.0.1", 0, ssl=context if is_implicit else None)
    over = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, over.set)
    say({"port": server.sockets[0].getsockname()[1]})
    try:
        await asyncio.wait_for(over.wait(), 300)
    except asyncio.TimeoutError:
        pass
    server.close()


asyncio.run(serve())
