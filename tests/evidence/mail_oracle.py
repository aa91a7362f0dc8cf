#!/usr/bin/env python3
"""Mails that Python's `email` writes are read back by scruple as Python reads them.

usage: mail_oracle.py SCRUPLE
"""

import email
import email.policy
import json
import subprocess
import sys
import tempfile
from email.message import EmailMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from pathlib import Path

SUBJECTS = [
    "Plain words",
    "Grüße aus dem Garten, und noch viel mehr Wörter, damit die Zeile umbrochen werden muss – öfter als einmal",
    "Wicken 🌱 und Bohnen",
    "Fragen? =?utf-8?q?nicht_kodiert?= bleibt",
    "テストです",
]
TEXTS = [
    ("utf-8", "Grüße – „Wicken“ & Bohnen = Glück 🌱"),
    ("iso-8859-1", "Grüße aus Köln: élan, mañana"),
    ("windows-1252", "10 € – „gut“"),
    ("iso-8859-15", "10 € für Œuvres"),
    ("koi8-r", "Привет из сада"),
    ("iso-2022-jp", "テスト メール"),
    ("shift_jis", "庭の花です"),
    ("gb2312", "花园里的豌豆"),
    ("us-ascii", "Sweet peas, at long last, in a line that is long enough to be cut in two by the writer of the mail."),
]


def mails():
    number = 0
    for subject in SUBJECTS:
        for charset, text in TEXTS:
            for transfer in ("quoted-printable", "base64", "8bit"):
                if transfer == "8bit" and charset in ("iso-2022-jp", "us-ascii"):
                    continue
                message = EmailMessage(policy=email.policy.SMTP)
                message["From"] = '"Fern & Co, Grün" <post@fern.example>'
                message["Subject"] = subject
                message.set_content("Only text", charset="utf-8", cte="7bit")
                message.add_alternative(f"<p>{text.replace('&', '&amp;')}</p>", subtype="html", charset=charset, cte=transfer)
                yield f"mail-{number}", message.as_bytes()
                number += 1
    outer = MIMEMultipart("mixed")
    outer["From"] = "a@b.example"
    outer["Subject"] = "Nested"
    inner = MIMEMultipart("alternative")
    inner.attach(MIMEText("text", "plain"))
    inner.attach(MIMEText("<p>inner</p>", "html"))
    attached = MIMEText("<p>attached</p>", "html")
    attached.add_header("Content-Disposition", "attachment", filename="before.html")
    outer.attach(attached)
    outer.attach(inner)
    yield "nested", outer.as_bytes()


def as_python_reads(content):
    message = email.message_from_bytes(content, policy=email.policy.default)
    page = message.get_body(("html",)).get_content()
    name = message["from"].addresses[0].display_name
    types = [part.get_content_type() for part in message.walk() if not part.is_multipart()]
    text = page.strip().removeprefix("<p>").removesuffix("</p>").replace("&amp;", "&")
    return {"subject": str(message["subject"]), "name": name, "text": text, "types": types}


def main():
    expression = (
        "manifest.assets.map(a, cel.bind(f, file(a.path), {'subject': f.mail.subject, 'name': f.mail.from.name,"
        " 'text': f.html.visible_text, 'types': f.mail.parts.map(p, p.type)}))"
    )
    with tempfile.TemporaryDirectory() as folder:
        written = dict(mails())
        lines = ["scruple: 1", "kind: campaign", "campaign: {id: oracle}", "assets:"]
        for name, content in written.items():
            (Path(folder) / f"{name}.eml").write_bytes(content)
            lines.append(f"  - {{id: {name}, path: {name}.eml}}")
        (Path(folder) / "campaign.yaml").write_text("\n".join(lines) + "\n")
        run = subprocess.run(
            [str(Path(sys.argv[1]).resolve()), "eval", expression, "campaign.yaml"], cwd=folder, capture_output=True, text=True, check=False
        )
        if run.returncode != 0:
            sys.exit(run.stdout + run.stderr)
        wrong = 0
        for (name, content), ours in zip(written.items(), json.loads(run.stdout), strict=True):
            theirs = as_python_reads(content)
            if ours != theirs:
                wrong += 1
                print(f"{name}:\n  scruple {ours}\n  python  {theirs}")
        print(f"{len(written)} mails, {wrong} read differently")
        sys.exit(1 if wrong else 0)


main()
