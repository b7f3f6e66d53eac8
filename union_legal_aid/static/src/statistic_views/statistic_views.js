import {formatDate, deserializeDate} from "@web/core/l10n/dates";
import {formatFloat, formatInteger} from "@web/views/fields/formatters";
import {GraphRenderer} from "@web/views/graph/graph_renderer";
import {PivotRenderer} from "@web/views/pivot/pivot_renderer";
import {_t} from "@web/core/l10n/translation";
import {graphView} from "@web/views/graph/graph_view";
import {pivotView} from "@web/views/pivot/pivot_view";
import {registry} from "@web/core/registry";

/**
 * The first and the last day that a domain asks for, as text; an empty one where there is none.
 * Nothing is returned for a domain with several periods.
 */
function getDays(domain) {
    const bounds = {first: [], last: []};
    for (const leaf of domain) {
        if (leaf[0] === "date" && leaf[1].startsWith(">")) {
            bounds.first.push(deserializeDate(leaf[2]).plus({days: leaf[1] === ">" ? 1 : 0}));
        } else if (leaf[0] === "date" && leaf[1].startsWith("<")) {
            bounds.last.push(deserializeDate(leaf[2]).minus({days: leaf[1] === "<" ? 1 : 0}));
        }
    }
    if (bounds.first.length > 1 || bounds.last.length > 1) {
        return undefined;
    }
    return {first: formatDate(bounds.first[0]), last: formatDate(bounds.last[0])};
}

/** Charts and tables of statistics say what they count, in which unit, of which days: a phone shows no search bar. */
const withCaption = (Renderer) =>
    class extends Renderer {
        get caption() {
            const {searchModel} = this.env;
            const {measures, measure, activeMeasures} = this.model.metaData;
            const days = getDays(searchModel.domain);
            const facets = searchModel.facets.filter((facet) => facet.type !== "groupBy");
            const periods = new Set(
                Object.values(searchModel.searchItems)
                    .filter((item) => item.type === "dateFilter")
                    .map((item) => item.groupId)
            );
            return [
                ...(activeMeasures || [measure]).map((name) => measures[name].string),
                days && this.getPeriod(days),
                ...facets.filter((facet) => !days || !periods.has(facet.groupId)).flatMap((facet) => facet.values),
            ]
                .filter(Boolean)
                .join(" · ");
        }

        getPeriod({first, last}) {
            if (first && last) {
                return _t("%(first)s to %(last)s", {first, last});
            }
            return first ? _t("from %s", first) : last ? _t("until %s", last) : _t("All days on record");
        }

        /** The rows behind a figure; the columns of a list have no room on a phone. */
        openView(domain, views, context, newWindow) {
            const {title, resModel} = this.model.metaData;
            const all = this.env.config.views || [];
            this.actionService.doAction(
                {
                    type: "ir.actions.act_window",
                    name: title,
                    res_model: resModel,
                    search_view_id: all.find((view) => view[1] === "search"),
                    views: [
                        [false, "list"],
                        [false, "kanban"],
                    ],
                    mobile_view_mode: "kanban",
                    target: "current",
                    context,
                    domain,
                },
                {newWindow}
            );
        }
    };

export class StatisticGraphRenderer extends withCaption(GraphRenderer) {
    static template = "union_legal_aid.StatisticGraphRenderer";

    get isWhole() {
        const {measures, measure} = this.model.metaData;
        return measures[measure].type === "integer";
    }

    /** Cases are whole, and amounts are read in full: there is no Chinese “k”. */
    formatValue(value) {
        return this.isWhole ? formatInteger(value) : formatFloat(value, {digits: [16, 2], trailingZeros: false});
    }

    getScaleOptions() {
        const options = super.getScaleOptions();
        if (options.y && this.isWhole) {
            options.y.ticks.precision = 0;
        }
        return options;
    }

    getElementOptions() {
        return {...super.getElementOptions(), point: {hitRadius: 12}};
    }

    /** A point of a line opens its rows, too. */
    onGraphClicked(ev, isMiddleClick) {
        if (this.model.metaData.mode !== "line") {
            super.onGraphClicked(ev, isMiddleClick);
            return;
        }
        const [point] = this.chart.getElementsAtEventForMode(ev, "nearest", {intersect: true}, false);
        const domain = point && this.chart.data.datasets[point.datasetIndex].domains[point.index];
        if (domain) {
            this.onGraphClickedFinal(domain, isMiddleClick);
        }
    }
}

export class StatisticPivotRenderer extends withCaption(PivotRenderer) {
    static template = "union_legal_aid.StatisticPivotRenderer";
}

registry.category("views").add("legal_aid_statistic_graph", {...graphView, Renderer: StatisticGraphRenderer});
registry.category("views").add("legal_aid_statistic_pivot", {...pivotView, Renderer: StatisticPivotRenderer});
