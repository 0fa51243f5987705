import type { GraphRequest } from '../../../../core/graph/types';
import { ParameterError } from '../../../kit/field';
import { collection, json } from '../../../kit/fields/values';
import { asRecord, asText, show } from '../../../kit/fields/rawValues';
import { defineOperation, noneOfItsOwn } from '../../../kit/operation';
import { outcomeItem } from '../../outcomes';
import { safeToRepeatOption, versionField } from '../../fields/request';
import { methods, readRequest } from '../../request';

const label = 'Requests';
const example = '[{ "method": "GET", "url": "/me/messages?$top=1" }]';

export const batch = defineOperation({
	name: 'Send Batch',
	value: 'batch',
	action: 'Send a batch of requests',
	description:
		'Send any number of requests to Microsoft Graph, twenty at a time; each outcome is an item',
	permissions: noneOfItsOwn,
	properties: [
		json('requests', {
			displayName: label,
			default: example,
			description:
				'A list of requests, each with url and where needed with method, headers, body and an ID of your own. They run in any order, and each fails or succeeds alone.',
		}),
		versionField,
		collection('options', {
			displayName: 'Options',
			placeholder: 'Add Option',
			fields: [safeToRepeatOption],
		}),
	],
	execute: async ({ graph, params, cloud }) => {
		const { requests: raw, version, options } = params;
		const isEnvelope = typeof raw === 'object' && raw !== null && 'requests' in raw;
		const listed = isEnvelope ? raw.requests : raw;
		if (!Array.isArray(listed)) {
			throw new ParameterError(label, `is ${show(raw)}, not a list`, `Enter such as ${example}.`);
		}
		const entries = listed.map((entry: unknown, index) => {
			const one = asRecord(entry, `${label} [${index}]`);
			if (one['dependsOn'] !== undefined) {
				throw new ParameterError(
					`${label} [${index}]`,
					'depends on another one, but they run in any order',
					'Send what has to come first with a node before this one.',
				);
			}
			const method = asText(one['method'] ?? 'GET', label).toUpperCase();
			const known = methods.find((name) => name === method);
			if (!known) {
				throw new ParameterError(`${label} [${index}]`, `has the unknown method "${method}"`);
			}
			const headers = Object.entries(asRecord(one['headers'], label)).map(([name, value]) => ({
				name,
				value: asText(value, name),
			}));
			const request: GraphRequest = {
				...readRequest(
					{
						method: known,
						path: asText(one['url'] ?? one['path'], label),
						version,
						headers,
						repeatable: options.safeToRepeat,
					},
					cloud,
				),
				...(one['body'] !== undefined && { body: one['body'] }),
			};
			return { id: one['id'], request };
		});
		const outcomes = await graph.batch(entries.map(({ request }) => request));
		return entries.map((entry, index) => outcomeItem(entry, outcomes[index], index));
	},
});
