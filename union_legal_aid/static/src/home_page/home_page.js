import {Component, onWillStart, useState} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useService} from "@web/core/utils/hooks";

/**
 * The first page of each role: what legal.aid.home counts, as cards that open what was counted.
 * All words and figures come from the server, in the language and under the rights of the reader.
 */
export class LegalAidHomePage extends Component {
    static template = "union_legal_aid.HomePage";
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({heading: "", sections: [], figures: [], showsEmpty: false});
        onWillStart(async () => {
            Object.assign(this.state, await this.orm.call("legal.aid.home", "get_page", []));
        });
    }

    /** The numbers of a section that are worth a look; all of them when the reader asks for those that are zero, too. */
    getCards(section) {
        return section.cards.filter((card) => card.count || this.state.showsEmpty);
    }

    get hasEmpty() {
        return this.state.sections.some((section) => section.cards.some((card) => !card.count));
    }

    async openCard(card) {
        await this.action.doAction(await this.orm.call("legal.aid.home", "open_card", [card.code]));
    }

    async openFigure(figure, period) {
        await this.action.doAction(await this.orm.call("legal.aid.home", "open_figure", [figure.code, period]));
    }

    async openStatistics() {
        await this.action.doAction("union_legal_aid.legal_aid_statistic_action");
    }
}

registry.category("actions").add("legal_aid_home_page", LegalAidHomePage);
