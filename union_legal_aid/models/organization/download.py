"""Files that a record holds, handed to the user under a name."""

from urllib.parse import quote


def download(record, field_name, file_name):
    """The action by which the browser downloads a binary field under ``file_name``, with the rights of the user."""
    record.ensure_one()
    # A slash in a name would end it.
    name = quote(file_name.replace("/", "-"))
    return {
        "type": "ir.actions.act_url",
        "url": f"/web/content/{record._name}/{record.id}/{field_name}/{name}?download=true",
        "target": "self",
    }
