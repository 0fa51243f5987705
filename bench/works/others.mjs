import { byId, expectItems, generated } from './nodes.mjs';

const start = `new Date(Date.UTC(2027, 0, 4, 8) + index * 3600000).toISOString().slice(0, 19)`;
const end = `new Date(Date.UTC(2027, 0, 4, 8, 30) + index * 3600000).toISOString().slice(0, 19)`;

export const createEvents = {
	value: 'createEvents',
	name: (count) => `Create ${count} events with attendees`,
	count: { full: 200, short: 20 },
	aims: { theirs: 3.5, floor: 1.3 },
	prepare: async ({ sandbox }) => await sandbox.control('POST', 'reset'),
	ours: ({ nodes }, count) => ({
		nodes: [
			generated(count, `{ start: ${start}, end: ${end} }`),
			nodes.calendar('Work', {
				resource: 'event',
				operation: 'create',
				subject: 'Bench',
				start: '={{ $json.start }}',
				end: '={{ $json.end }}',
				requiredAttendees: 'ben@contoso.example',
			}),
		],
		check: expectItems(count),
	}),
	theirs: ({ nodes, calendarId }, count) => ({
		nodes: [
			generated(count, `{ start: ${start}, end: ${end} }`),
			nodes.outlook('Work', {
				resource: 'event',
				operation: 'create',
				calendarId: byId(calendarId),
				subject: 'Bench',
				startDateTime: '={{ $json.start }}',
				endDateTime: '={{ $json.end }}',
				// Its form has no attendees in the version that is installed here; without them it has less to do.
				additionalFields: {},
			}),
		],
		check: expectItems(count),
	}),
	floor: async (bare, count) => {
		await bare.each(Array.from({ length: count }), async (_, index) => {
			const at = (minutes) =>
				new Date(Date.UTC(2027, 0, 4, 8, minutes) + index * 3600_000).toISOString().slice(0, 19);
			await bare.send('POST', '/me/events', {
				subject: 'Bench',
				start: { dateTime: at(0), timeZone: 'UTC' },
				end: { dateTime: at(30), timeZone: 'UTC' },
				attendees: [{ emailAddress: { address: 'ben@contoso.example' }, type: 'required' }],
			});
		});
	},
};

export const createListItems = {
	value: 'createListItems',
	name: (count) => `Create ${count.toLocaleString('en')} list items`,
	count: { full: 1000, short: 60 },
	aims: { theirs: 10, floor: 1.3 },
	prepare: async ({ sandbox }) => await sandbox.control('POST', 'reset'),
	ours: ({ nodes, site }, count) => ({
		nodes: [
			generated(count, '{ Title: `Row ${index}` }'),
			nodes.sharePoint('Work', {
				resource: 'item',
				operation: 'createMany',
				site: byId(site.siteId),
				list: byId(site.listId),
				rowsFrom: 'input',
				columns: {
					mappingMode: 'defineBelow',
					value: { Title: '={{ $json.Title }}' },
					schema: [],
				},
			}),
		],
		check: expectItems(count),
	}),
	theirs: ({ nodes, site }, count) => ({
		nodes: [
			generated(count, '{ Title: `Row ${index}` }'),
			nodes.theirSharePoint('Work', {
				resource: 'item',
				operation: 'create',
				site: byId(site.siteId),
				list: byId(site.listId),
				columns: {
					mappingMode: 'defineBelow',
					value: { Title: '={{ $json.Title }}' },
					schema: [{ id: 'Title', displayName: 'Title', type: 'string', display: true }],
				},
			}),
		],
		check: expectItems(count),
	}),
	floor: async (bare, count, _prepared, { site }) => {
		const path = `/sites/${site.siteId}/lists/${site.listId}/items`;
		const groups = Array.from({ length: Math.ceil(count / 20) }, (_, group) => group);
		await bare.each(groups, async (group) => {
			const rows = Array.from({ length: Math.min(20, count - group * 20) }, (_, row) => row);
			const { responses } = await bare.send('POST', '/$batch', {
				requests: rows.map((row) => ({
					id: String(row),
					method: 'POST',
					url: path,
					headers: { 'content-type': 'application/json' },
					body: { fields: { Title: `Row ${group * 20 + row}` } },
				})),
			});
			if (responses.some(({ status }) => status !== 201)) throw new Error('Not all were created');
		});
	},
};
