import type { IDataObject } from 'n8n-workflow';
import type { RequestBody } from '../../../../core/http/types';
import { showWhen } from '../../../kit/field';
import { choice, collection, json, text, toggle } from '../../../kit/fields/values';
import { limitField, returnAllField } from '../../../kit/fields/output';
import { defineOperation, item, noneOfItsOwn } from '../../../kit/operation';
import { collectionItems, fileItem, wholeAnswer } from '../../answers';
import { headersOption, queryField, safeToRepeatOption, versionField } from '../../fields/request';
import { methods, readRequest } from '../../request';

const withBody = ['POST', 'PATCH', 'PUT'];

const bodyKind = showWhen(
	choice('bodyKind', {
		displayName: 'Body',
		options: [
			{ name: 'File', value: 'file', description: 'A binary field of the input item' },
			{ name: 'JSON', value: 'json' },
			{ name: 'None', value: 'none' },
			{ name: 'Text', value: 'text', description: 'Such as HTML, XML or MIME' },
		],
		default: 'json',
	}),
	{ method: withBody },
);

const answerKind = choice('answer', {
	displayName: 'Answer',
	options: [
		{ name: 'As JSON', value: 'json', description: 'One item with all of the answer' },
		{
			name: 'Each Entry as an Item',
			value: 'items',
			description: 'The entries of a collection; of a GET from all of its pages',
		},
		{ name: 'As File', value: 'file', description: 'For /$value, /content and other files' },
	],
	default: 'json',
});

export const send = defineOperation({
	name: 'Send',
	value: 'send',
	action: 'Send a request',
	description: 'Send any request to Microsoft Graph, with paging, retries and throttling',
	permissions: noneOfItsOwn,
	properties: [
		choice('method', {
			displayName: 'Method',
			options: methods.map((method) => ({ name: method, value: method })),
			default: 'GET',
		}),
		text('path', {
			displayName: 'Path',
			required: true,
			placeholder: 'e.g. /me/messages?$top=5',
			description:
				"What follows the version in Microsoft's pages, or a whole address of the connection's own Graph, such as a nextLink",
		}),
		versionField,
		queryField,
		bodyKind,
		showWhen(json('json', { displayName: 'JSON', default: '{}' }), {
			method: withBody,
			bodyKind: ['json'],
		}),
		showWhen(text('text', { displayName: 'Text', rows: 5 }), {
			method: withBody,
			bodyKind: ['text'],
		}),
		showWhen(text('contentType', { displayName: 'Content Type', default: 'text/plain' }), {
			method: withBody,
			bodyKind: ['text'],
		}),
		showWhen(
			text('inputField', {
				displayName: 'Input Data Field Name',
				default: 'data',
				required: true,
				hint: 'The input field that holds the file to send',
			}),
			{ method: withBody, bodyKind: ['file'] },
		),
		answerKind,
		showWhen(returnAllField, { answer: ['items'] }),
		showWhen(limitField, { answer: ['items'], returnAll: [false] }),
		showWhen(
			text('outputField', {
				displayName: 'Put Output File in Field',
				default: 'data',
				required: true,
				hint: 'The name of the output field that the file is put into',
			}),
			{ answer: ['file'] },
		),
		collection('options', {
			displayName: 'Options',
			placeholder: 'Add Option',
			fields: [
				headersOption,
				toggle('fullAnswer', {
					displayName: 'Include Status and Headers',
					default: true,
					description: 'Whether to return the status and the headers beside the body, as JSON',
				}),
				safeToRepeatOption,
			],
		}),
	],
	execute: async ({ graph, params, binary, cloud }) => {
		const { method, options } = params;
		const { headers, safeToRepeat, fullAnswer } = options;
		const request = {
			...readRequest({ ...params, headers, repeatable: safeToRepeat }, cloud),
			...(params.json !== undefined && { body: params.json }),
		};
		const rawBody = await readBody();
		const whole = rawBody ? { ...request, rawBody } : request;
		if (params.answer === 'items') return collectionItems(graph, whole, params.limit);
		if (params.answer === 'file') {
			return [await fileItem(graph, whole, binary, params.outputField ?? 'data')];
		}
		if (fullAnswer) return [item(await wholeAnswer(graph, whole))];
		const body = await graph.request(whole);
		return [item(asObject(body))];

		async function readBody(): Promise<RequestBody | undefined> {
			if (!withBody.includes(method)) return undefined;
			if (params.bodyKind === 'text') {
				const value = Buffer.from(params.text ?? '');
				return { kind: 'bytes', value, contentType: params.contentType ?? 'text/plain' };
			}
			if (params.bodyKind !== 'file') return undefined;
			const [source] = await binary.sources([params.inputField ?? ''], 'Input Data Field Name');
			return (
				source && {
					kind: 'stream',
					open: async () => await source.open(),
					contentType: source.mimeType,
					contentLength: source.size,
				}
			);
		}
	},
});

/** n8n's items are objects; some answers are a number or a list. */
function asObject(body: unknown): IDataObject {
	if (body === undefined) return { success: true };
	const isObject = typeof body === 'object' && body !== null && !Array.isArray(body);
	return isObject ? (body as IDataObject) : { value: body as IDataObject[] };
}
