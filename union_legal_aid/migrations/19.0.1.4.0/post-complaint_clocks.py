from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Complaints of before: how they came in is not known, what was told is closed, and what runs gets its clocks."""
    if not version:
        return
    cr.execute(
        """
        UPDATE legal_aid_complaint
           SET channel = NULL,
               closed_date = CASE WHEN state IN ('verified', 'unfounded', 'void') THEN informed_date END
         WHERE NOT EXISTS (SELECT 1
                             FROM legal_aid_deadline AS clock
                            WHERE clock.res_model = 'legal.aid.complaint'
                              AND clock.res_id = legal_aid_complaint.id)
     RETURNING id
        """
    )
    ids = [complaint_id for (complaint_id,) in cr.fetchall()]
    env = api.Environment(cr, SUPERUSER_ID, {})
    complaints = env["legal.aid.complaint"].browse(ids)
    complaints.invalidate_recordset()
    for complaint in complaints.filtered(lambda one: one.state in ("received", "investigating")):
        complaint._open_deadline("complaint_decide", complaint.date)
        if complaint.state == "received":
            complaint._open_deadline("complaint_acknowledge", complaint.date)
    for complaint in complaints.filtered(lambda one: one.state in ("verified", "unfounded")):
        if not complaint.informed_date and complaint.complainant_kind != "anonymous":
            complaint._open_deadline("complaint_inform", complaint.decided_date or complaint.date)
