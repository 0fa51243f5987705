import type { Calendar } from '@microsoft/microsoft-graph-types';
import { path } from '../../../../core/graph/path';
import { mailboxField } from '../../../kit/fields/mailbox';
import { choice } from '../../../kit/fields/values';
import { defineOperation } from '../../../kit/operation';
import { limitField, returnAllField, simplifyField } from '../../../kit/fields/output';
import { groupCalendars } from '../../groupCalendars';
import { shapeCalendar } from '../../simplify';

export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many calendars',
	description: 'List the calendars of a mailbox, those shared with it, or those of its groups',
	permissions: { delegated: 'Calendars.ReadBasic', application: 'Calendars.ReadBasic.All' },
	properties: [
		mailboxField,
		choice('source', {
			displayName: 'Which Calendars',
			options: [
				{ name: 'All in the Mailbox', value: 'mailbox', description: 'Own and shared ones' },
				{
					name: 'Of Groups',
					value: 'group',
					description: 'Of the Microsoft 365 groups that the person is in (needs Group.Read.All)',
				},
				{ name: 'Own', value: 'own' },
				{ name: 'Shared With the Mailbox', value: 'shared' },
			],
			default: 'mailbox',
		}),
		returnAllField,
		limitField,
		simplifyField,
	],
	execute: async function* ({ graph, params, identity }) {
		const { source, mailbox, simplify, limit = Infinity } = params;
		const shape = (calendar: Calendar) => ({ json: shapeCalendar(calendar, simplify) });
		if (source === 'group') {
			const found = await groupCalendars(graph, mailbox, identity);
			yield found.slice(0, limit).map(({ calendar, group }) => ({
				json: {
					...shape(calendar).json,
					id: `group:${group.id}`,
					groupId: group.id,
					groupName: group.name,
				},
			}));
			return;
		}
		const calendars: Calendar[] = [];
		const pages = graph.pages<Calendar>(
			{ method: 'GET', path: path`${mailbox}/calendars` },
			{ pageSize: 100 },
		);
		for await (const page of pages) calendars.push(...page);
		// Graph doesn't say whose the mailbox is, but its default calendar does.
		const self = calendars.find(({ isDefaultCalendar }) => isDefaultCalendar)?.owner?.address;
		const isOwn = ({ owner }: Calendar) => owner?.address?.toLowerCase() === self?.toLowerCase();
		yield calendars
			.filter((calendar) => source === 'mailbox' || isOwn(calendar) === (source === 'own'))
			.slice(0, limit)
			.map(shape);
	},
});
