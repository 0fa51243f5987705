import type { Message } from '@microsoft/microsoft-graph-types';
import type { IDataObject } from 'n8n-workflow';
import type { Change } from '../../../core/changes/types';
import { InvalidRequestError } from '../../../core/graph/errors';
import { type GraphPath, path } from '../../../core/graph/path';
import { downloadAttachments } from '../../kit/attachments/download';
import {
	fieldPrefixOption,
	includeInlineOption,
	namePatternsOption,
} from '../../kit/attachments/fields';
import { type ParamsOf, showWhen } from '../../kit/field';
import { bodyOption } from '../../kit/fields/output';
import { choice, choices, collection, toggle } from '../../kit/fields/values';
import type { OutputItem } from '../../kit/operation';
import { messageFieldChoices } from '../../Mail/fields/listing';
import { bodyPreference } from '../../Mail/messageList';
import { selectedProperties, selectOf, simplifyMessage } from '../../Mail/simplify';
import type { CompleteInput, EventInput } from '../event';
import { goneOrThrow } from '../shared/goneOrThrow';
import { bodyMatches, type MailFilters } from './filters';

/** What the workflow gets of a message. */
export const outputFields = [
	choice('output', {
		displayName: 'Output',
		options: [
			{ name: 'Raw', value: 'raw', description: 'As Microsoft Graph answers it' },
			{ name: 'Selected Fields', value: 'fields' },
			{ name: 'Simplified', value: 'simple', description: 'One flat object with the usual fields' },
		],
		default: 'simple',
	}),
	showWhen(
		choices('fields', {
			displayName: 'Fields',
			options: messageFieldChoices,
			default: ['subject', 'from', 'receivedDateTime'],
		}),
		{ output: ['fields'] },
	),
	toggle('downloadAttachments', {
		displayName: 'Download Attachments',
		description: 'Whether to add the attached files to the item, as binary fields',
	}),
] as const;

export const outputOptionFields = [
	bodyOption('The whole text of the message'),
	fieldPrefixOption,
	includeInlineOption('logos in signatures'),
	namePatternsOption('*.pdf, invoice-*'),
] as const;

interface OutputParams extends ParamsOf<typeof outputFields> {
	readonly mailbox: GraphPath;
	readonly filters?: MailFilters;
	readonly options: Partial<ParamsOf<typeof outputOptionFields>>;
}

/** Full messages in a batch; those that are gone, or whose body doesn't match, are left out. */
export async function messageDetails(
	changes: readonly Change[],
	input: EventInput<OutputParams>,
): Promise<ReadonlyArray<IDataObject | undefined>> {
	const { graph, params, cloud } = input;
	const { mailbox, output, fields, filters = {} } = params;
	const { body = 'text' } = params.options;
	const chosen = selectedProperties(
		cloud,
		output === 'fields' ? fields : undefined,
		body === 'none' ? [] : ['body'],
	);
	const filtersBody = Boolean(filters.bodyContains);
	const query = output === 'raw' ? {} : { $select: selectOf(selectedProperties(cloud, chosen)) };
	const read = async (type: 'html' | 'text', select: object) =>
		await graph.batch<Message>(
			changes.map(({ id }) => ({
				method: 'GET' as const,
				path: path`${mailbox}/messages/${id}`,
				query: { ...select },
				headers: bodyPreference(type),
			})),
		);
	const answers = await read(body === 'html' ? 'html' : 'text', query);
	const texts =
		filtersBody && body !== 'text' ? await read('text', { $select: 'id,body' }) : answers;
	return answers.map((answer, place) => {
		const text = texts[place];
		if (!answer.ok) return withoutMessage(changes[place], answer.error);
		if (!text?.ok) return withoutMessage(changes[place], text?.error);
		if (filtersBody && !bodyMatches(text.body.body?.content, filters)) return undefined;
		if (output !== 'raw') return simplifyMessage(answer.body, input, chosen);
		const { body: content, ...rest } = answer.body;
		return body === 'none' ? rest : { ...rest, body: content };
	});
}

/**
 * What a message that can't be read starts a run with. Exchange refuses a damaged one each time: it
 * must neither hold up the others for ever nor get lost.
 */
function withoutMessage(change: Change | undefined, error: unknown): IDataObject | undefined {
	if (error instanceof InvalidRequestError && change) {
		return { id: change.id, receivedDateTime: change.at, error: error.message };
	}
	return goneOrThrow(error);
}

/** Adds the attachments, where they are wanted. */
export async function withAttachments(
	json: IDataObject,
	{ graph, binary, id, params }: CompleteInput<OutputParams>,
): Promise<OutputItem> {
	if (!params.downloadAttachments) return { json };
	const { fieldPrefix, includeInline, namePatterns } = params.options;
	const downloaded = await downloadAttachments(
		{ graph, binary },
		path`${params.mailbox}/messages/${id}`,
		{
			...(fieldPrefix !== undefined && { fieldPrefix }),
			...(includeInline !== undefined && { includeInline }),
			...(namePatterns !== undefined && { namePatterns }),
		},
	);
	return {
		json: {
			...json,
			attachments: downloaded.attachments,
			...(downloaded.links.length > 0 && { links: downloaded.links }),
		},
		binary: downloaded.binary,
	};
}

export const mailOptions = collection('options', {
	displayName: 'Options',
	placeholder: 'Add Option',
	fields: outputOptionFields,
});
