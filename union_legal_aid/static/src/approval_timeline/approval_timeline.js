import {Component} from "@odoo/owl";
import {deserializeDateTime, toLocaleDateTimeString} from "@web/core/l10n/dates";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

/**
 * Draws what legal.aid.approval.history.mixin tells: rounds of an approval, each with what happened in it.
 * All words come from the server, in the language of the reader.
 */
export class ApprovalTimelineField extends Component {
    static template = "union_legal_aid.ApprovalTimelineField";
    static props = {...standardFieldProps};

    get rounds() {
        return this.props.record.data[this.props.name] || [];
    }

    formatWhen(when) {
        return toLocaleDateTimeString(deserializeDateTime(when));
    }
}

registry.category("fields").add("legal_aid_approval_timeline", {
    component: ApprovalTimelineField,
    supportedTypes: ["json"],
});
