from odoo.http import route

from .public import INDEXED, MAX_LENGTH, LegalAidPublic


class LegalAidPublicRoster(LegalAidPublic):
    """The roster of a city's team for everybody (T13): names and facts that each lawyer agreed to, the changes of the last year, and
    the supervision phones of both bodies; nothing else.
    """

    @route(
        "/legal-aid/roster",
        type="http",
        auth="public",
        methods=["GET"],
        sitemap=False,
        save_session=False,
        readonly=True,
    )
    def legal_aid_rosters(self, **kw):
        cities = self._find_cities()
        if len(cities) == 1:
            return self._render_roster(cities, kw)
        return self._render_public(
            "union_legal_aid.public_rosters",
            {
                **self._get_contacts(),
                "robots": INDEXED,
                "cities": [
                    {"name": city.name, "url": city._get_roster_url(), "count": city._get_roster_summary(count, count)}
                    for city in cities
                    for count in [len(city._get_roster_lines())]
                ],
            },
        )

    @route(
        "/legal-aid/roster/<string:code>",
        type="http",
        auth="public",
        methods=["GET"],
        sitemap=False,
        save_session=False,
        readonly=True,
    )
    def legal_aid_roster(self, code, **kw):
        city = self._find_cities().filtered(lambda city: city.code == code)
        return self._render_roster(city, kw) if city else self._render_public_not_found()

    def _find_cities(self):
        """The cities that publish a roster on which there is somebody."""
        env = self._get_public_env()
        members = env["legal.aid.volunteer"]._read_group(
            [("state", "=", "active"), ("kind", "=", "lawyer"), ("consent_date", "!=", False)], ["organization_id"]
        )
        cities = env["union.organization"].union(*(city for (city,) in members))
        return cities.filtered(lambda city: city.active and city.publishes_roster).sorted("code")

    def _render_roster(self, city, asked):
        words, contact_point, specialty = (
            self._clean(asked.get(name)).strip()[:MAX_LENGTH] for name in ("q", "county", "specialty")
        )
        values = city._get_roster_page_values(words, contact_point, specialty)
        return self._render_public("union_legal_aid.public_roster", values)
