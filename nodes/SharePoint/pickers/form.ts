import type { ILoadOptionsFunctions } from 'n8n-workflow';
import type { GraphClient } from '../../../core/graph/types';
import { connect } from '../../kit/connect';
import { toNodeError } from '../../kit/errors';
import { type Field, Lookup, ParameterError } from '../../kit/field';
import { siteField } from '../../kit/sharepoint/site';
import { listField } from '../fields/list';

export interface FormInput {
	readonly graph: GraphClient;
	readonly timezone: string;
	/** The site that the form has chosen. */
	readonly site: () => Promise<string>;
	/** The site's list that the form has chosen. */
	readonly list: () => Promise<{ readonly site: string; readonly list: string }>;
}

/** What a form loads while it is filled in, with errors that n8n shows in it. */
export async function fromForm<Result>(
	context: ILoadOptionsFunctions,
	load: (input: FormInput) => Promise<Result>,
): Promise<Result> {
	try {
		const { graph, identity } = await connect(context);
		const timezone = context.getTimezone();
		const read = async (
			field: Field<string, string>,
			params: Readonly<Record<string, unknown>>,
		): Promise<string> => {
			const raw = context.getCurrentNodeParameter(field.name) ?? field.property.default;
			refuseExpression(raw, field.property.displayName);
			const value = field.read(raw, { timezone, identity, params });
			return value instanceof Lookup ? await value.find(graph) : value;
		};
		const site = async () => await read(siteField, {});
		return await load({
			graph,
			timezone,
			site,
			list: async () => {
				const chosen = await site();
				return { site: chosen, list: await read(listField, { site: chosen }) };
			},
		});
	} catch (error) {
		throw toNodeError(error, { node: context.getNode() });
	}
}

function refuseExpression(raw: unknown, label: string): void {
	const value = typeof raw === 'object' && raw !== null && 'value' in raw ? raw.value : raw;
	if (typeof value !== 'string' || !value.startsWith('=')) return;
	throw new ParameterError(
		label,
		'is an expression without a value yet',
		'Run the previous node first, or choose one from the list while you build the workflow.',
	);
}
