import {AutoComplete} from "@web/core/autocomplete/autocomplete";
import {useChildRef, useService} from "@web/core/utils/hooks";
import {registry} from "@web/core/registry";
import {CharField, charField} from "@web/views/fields/char/char_field";
import {useInputField} from "@web/views/fields/input_field_hook";

/**
 * A name that is typed, with the employers that the user's union knows already, so that one employer is written in one way.
 * Any other name stays as it was typed.
 */
export class EmployerNameField extends CharField {
    static template = "union_legal_aid.EmployerNameField";
    static components = {...CharField.components, AutoComplete};

    setup() {
        super.setup();
        this.orm = useService("orm");
        this.input = useChildRef();
        useInputField({
            ref: this.input,
            getValue: () => this.props.record.data[this.props.name] || "",
            parse: (value) => this.parse(value),
        });
    }

    get sources() {
        return [{options: (text) => this.loadOptions(text), optionSlot: "employer"}];
    }

    async loadOptions(text) {
        if (!text) {
            return [];
        }
        const employers = await this.orm.silent.call("legal.aid.case", "search_employer_names", [text]);
        return employers.map((employer) => ({
            label: employer.name,
            data: employer,
            onSelect: () => this.props.record.update({[this.props.name]: employer.name}),
        }));
    }
}

registry.category("fields").add("legal_aid_employer_name", {
    ...charField,
    component: EmployerNameField,
    supportedTypes: ["char"],
});
