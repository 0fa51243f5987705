import type { IExecuteFunctions, INodeProperties, ITriggerFunctions } from 'n8n-workflow';
import type { MessageSummary, Portion } from '../../../core/mail/imapFolder';
import type { Afterwards, Selection } from '../../../core/mail/imapLook';
import { type Field, ParameterError, type ParamsOf, showWhen } from '../../kit/field';
import { choice, collection, text, toggle, wholeNumber } from '../../kit/fields/values';
import { imapFolder } from '../../kit/imap/folderField';
import { mailConnectionProperties } from '../../kit/mailConnect';

export const megabyte = 1_000_000;

const fields = [
	imapFolder('folder', {
		displayName: 'Folder',
		description: 'The folder that is watched, without its subfolders',
		default: { mode: 'path', value: 'INBOX' },
	}),
	choice('output', {
		displayName: 'Output',
		options: [
			{
				name: 'Headers Only',
				value: 'headers',
				description: 'Sender, recipients, subject and all other headers',
			},
			{
				name: 'Raw Message (.eml)',
				value: 'raw',
				description: 'The headers, and the whole message as a binary field',
			},
			{
				name: 'Text and HTML',
				value: 'text',
				description: 'With the headers, and the names of the attachments',
			},
			{
				name: 'Text, HTML and Attachments',
				value: 'attachments',
				description: 'With the attachments as binary fields',
			},
		],
		default: 'text',
	}),
	choice('after', {
		displayName: 'After Starting the Workflow',
		options: [
			{ name: 'Change Nothing', value: 'nothing' },
			{ name: 'Mark as Read', value: 'markRead' },
			{ name: 'Move to Another Folder', value: 'move' },
		],
		default: 'nothing',
		description: 'Done to a message when its run is recorded, never before',
	}),
	showWhen(imapFolder('destination', { displayName: 'Destination Folder' }), {
		after: ['move'],
	}),
	collection('filters', {
		displayName: 'Filters',
		placeholder: 'Add Filter',
		fields: [
			text('from', {
				displayName: 'From',
				placeholder: 'e.g. @contoso.com',
				description: 'What the name or address of the sender contains; capitals do not matter',
			}),
			text('rawSearch', {
				displayName: 'Raw Search',
				placeholder: 'e.g. OR BODY "invoice" LARGER 100000',
				description:
					'Further search keys as IMAP writes them (RFC 3501, 6.4.4), which a new message has to meet besides',
			}),
			text('subject', {
				displayName: 'Subject',
				placeholder: 'e.g. invoice',
				description: 'What the subject contains; capitals do not matter',
			}),
			text('to', {
				displayName: 'To',
				placeholder: 'e.g. support@contoso.com',
				description: 'What the name or address of a recipient (To or Cc) contains',
			}),
			toggle('unreadOnly', {
				displayName: 'Unread Only',
				default: true,
				description: 'Whether to leave out messages that were read before the trigger saw them',
			}),
		],
	}),
	collection('options', {
		displayName: 'Options',
		placeholder: 'Add Option',
		fields: [
			choice('afterPause', {
				displayName: 'After a Pause',
				options: [
					{
						name: 'Catch Up',
						value: 'catchUp',
						description: 'What came in while the workflow was switched off starts runs too',
					},
					{
						name: 'Start Fresh',
						value: 'fresh',
						description: 'Only what comes in from the moment the workflow is switched on',
					},
				],
				default: 'catchUp',
				description:
					'Restarts of n8n and changes of the workflow are no pause: nothing is left out then',
			}),
			wholeNumber('floorMinutes', {
				displayName: 'Look at Least Every (Minutes)',
				default: 5,
				min: 1,
				max: 60,
				description:
					'The server announces new mail by itself (IMAP IDLE); the folder is looked through as often besides',
			}),
			wholeNumber('maxMegabytes', {
				displayName: 'Maximum Size (MB)',
				default: 10,
				min: 1,
				max: 100,
				description:
					'Of a larger message only so much is fetched, and what does not fit is left out of its attachments and said in "defects"',
			}),
		],
	}),
] as const;

export const imapTriggerProperties: INodeProperties[] = [
	...mailConnectionProperties,
	...fields.map(({ property }) => property),
];

type Params = ParamsOf<typeof fields>;

export interface ImapTriggerSettings {
	readonly folder: string;
	readonly output: Params['output'];
	readonly selection: Selection;
	readonly after: Afterwards;
	readonly floorMs: number;
	readonly maxBytes: number;
	readonly startsFresh: boolean;
}

/** @throws {ParameterError} */
export function readSettings(context: ITriggerFunctions | IExecuteFunctions): ImapTriggerSettings {
	const params = readParams(context) as Params;
	const { folder, output, filters } = params;
	const { afterPause, floorMinutes = 5, maxMegabytes = 10 } = params.options;
	const maxBytes = maxMegabytes * megabyte;
	const portion: Portion = output === 'headers' ? { part: 'headers' } : { part: 'whole', maxBytes };
	const searchKeys = filters.rawSearch?.trim();
	return {
		folder,
		output,
		selection: { portion, matches: filterOf(filters), ...(searchKeys && { searchKeys }) },
		after: afterwardsOf(params),
		floorMs: floorMinutes * 60_000,
		maxBytes,
		startsFresh: afterPause === 'fresh',
	};
}

function readParams(context: ITriggerFunctions | IExecuteFunctions): Record<string, unknown> {
	const params: Record<string, unknown> = {};
	const list: readonly Field[] = fields;
	for (const field of list) {
		const initial = field.property.default;
		const raw: unknown =
			'getInputData' in context
				? context.getNodeParameter(field.name, 0, initial)
				: context.getNodeParameter(field.name, initial);
		params[field.name] = field.read(raw, {
			timezone: context.getTimezone(),
			identity: 'delegated',
			params,
		});
	}
	return params;
}

function filterOf(filters: Params['filters']): (message: MessageSummary) => boolean {
	const { from = '', to = '', subject = '', unreadOnly = false } = filters;
	return (message) =>
		named(message.from, from) &&
		named([...message.to, ...message.cc], to) &&
		holds(message.subject, subject) &&
		!(unreadOnly && message.flags.includes('\\Seen'));
}

const named = (people: MessageSummary['from'], wanted: string): boolean =>
	wanted.trim() === '' || people.some(({ name, address }) => holds(`${name} <${address}>`, wanted));

const holds = (content: string, wanted: string): boolean =>
	content.toLowerCase().includes(wanted.trim().toLowerCase());

function afterwardsOf({ after, folder, destination }: Params): Afterwards {
	if (after !== 'move') return { action: after };
	if (destination === undefined || destination === folder) {
		throw new ParameterError(
			'Destination Folder',
			'is the folder that is watched',
			'Choose another one.',
		);
	}
	return { action: 'move', destination };
}
