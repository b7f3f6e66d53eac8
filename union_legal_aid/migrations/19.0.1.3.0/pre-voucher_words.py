"""Each journal of the same books has a voucher word of its own now: second ones of a word count on, 记, 记2, 记3."""


def migrate(cr, version):
    cr.execute(
        "SELECT 1 FROM information_schema.columns WHERE table_name = 'account_journal' AND column_name = 'voucher_word'"
    )
    if not cr.rowcount:
        return
    cr.execute(
        "SELECT id, company_id, voucher_word FROM account_journal WHERE voucher_word IS NOT NULL ORDER BY sequence, id"
    )
    journals = cr.fetchall()
    taken = {(company, word) for _journal, company, word in journals}
    seen = set()
    for journal, company, word in journals:
        if (company, word) in seen:
            number = 2
            while (company, f"{word}{number}") in taken:
                number += 1
            word = f"{word}{number}"
            taken.add((company, word))
            cr.execute("UPDATE account_journal SET voucher_word = %s WHERE id = %s", (word, journal))
        seen.add((company, word))
