import {Component} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

/**
 * Draws what legal.aid.volunteer tells in ground_panel: each ground with its elements, what shows them, and the next step.
 * All words come from the server, in the language of the reader; steps are methods of the lawyer's record, which check again.
 */
export class RemovalGroundsField extends Component {
    static template = "union_legal_aid.RemovalGroundsField";
    static props = {...standardFieldProps};

    setup() {
        this.action = useService("action");
    }

    get grounds() {
        return this.props.record.data[this.props.name] || [];
    }

    get volunteerId() {
        const {resModel, resId, data} = this.props.record;
        return resModel === "legal.aid.volunteer" ? resId : data.volunteer_id && data.volunteer_id.id;
    }

    openItem(item) {
        return this.action.doAction(
            {
                type: "ir.actions.act_window",
                res_model: item.model,
                res_id: item.id,
                views: [[false, "form"]],
                target: item.model === "legal.aid.removal.element" ? "new" : "current",
            },
            {onClose: () => this.reload()}
        );
    }

    openRemoval(ground) {
        return this.takeStep("action_open_removal", ground);
    }

    addEvidence(element) {
        return this.takeStep("action_add_evidence", element);
    }

    async takeStep(name, argument) {
        if (await this.props.record.save()) {
            await this.action.doActionButton({
                type: "object",
                name,
                resModel: "legal.aid.volunteer",
                resId: this.volunteerId,
                resIds: [this.volunteerId],
                args: JSON.stringify([argument]),
                context: {},
                onClose: () => this.reload(),
            });
        }
    }

    reload() {
        return this.props.record.load();
    }
}

registry.category("fields").add("legal_aid_removal_grounds", {
    component: RemovalGroundsField,
    supportedTypes: ["json"],
});
