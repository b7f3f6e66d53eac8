import {SearchModel} from "@web/search/search_model";
import {kanbanView} from "@web/views/kanban/kanban_view";
import {registry} from "@web/core/registry";

/**
 * Cards in columns on a screen, one below the other on a phone: there the first column may be empty, and what somebody looks for
 * stands out of sight in the next one. Whoever groups them himself gets columns on a phone, too.
 */
class PhoneSearchModel extends SearchModel {
    async load(config) {
        const {defaultGroupBy, ...others} = config;
        await super.load(this.env.isSmall ? others : {...others, defaultGroupBy});
    }
}

registry.category("views").add("legal_aid_phone_kanban", {...kanbanView, SearchModel: PhoneSearchModel});
