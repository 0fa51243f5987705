import { byId, expectItems, fromItem, listedIds } from './nodes.mjs';

const mailbox = ({ person }) => person.userPrincipalName;

const deliver = async (context, count, message = {}) => {
	await context.sandbox.control('POST', 'reset');
	// A bulk of large messages in one call would be a large call.
	for (let left = count; left > 0; left -= 5000) {
		await context.sandbox.control('POST', 'deliver', {
			to: mailbox(context.n8n),
			subject: 'Bench',
			count: Math.min(left, 5000),
			...message,
		});
	}
};

export const getMessages = {
	value: 'getMessages',
	name: (count) => `Get ${count.toLocaleString('en')} messages (selected fields)`,
	count: { full: 10_000, short: 300 },
	aims: { theirs: 8, floor: 1.25 },
	prepare: async (context, count) => await deliver(context, count),
	ours: ({ nodes }, count) => ({
		nodes: [
			nodes.mail('Work', {
				resource: 'message',
				operation: 'getAll',
				folder: byId('inbox'),
				limit: count,
				simplify: false,
				options: { fields: ['subject', 'from', 'receivedDateTime', 'isRead'] },
			}),
		],
		check: expectItems(count),
	}),
	theirs: ({ nodes }, count) => ({
		nodes: [
			nodes.outlook('Work', {
				resource: 'message',
				operation: 'getAll',
				// Its limit goes to Graph as the page's size, which allows 1,000.
				returnAll: true,
				output: 'fields',
				fields: ['subject', 'from', 'receivedDateTime', 'isRead'],
			}),
		],
		check: expectItems(count),
	}),
	floor: async (bare, count) => {
		const found = await bare.listMessages(
			count,
			'id,subject,from,receivedDateTime,isRead&$orderby=receivedDateTime desc',
		);
		if (found.length !== count) throw new Error(`${found.length} instead of ${count}`);
	},
};

/** One request an item, on messages that are listed before. */
const onEach = ({ value, name, count, ours, theirs, floor }) => ({
	value,
	name,
	count: { full: count, short: 40 },
	aims: { theirs: 3.5, floor: 1.25 },
	prepare: async (context, size) => await deliver(context, size),
	ours: ({ nodes, credentials }, size) => ({
		nodes: [listedIds(nodes, size, credentials), nodes.mail('Work', ours)],
		check: expectItems(size),
	}),
	theirs: ({ nodes, credentials }, size) => ({
		nodes: [listedIds(nodes, size, credentials), nodes.outlook('Work', theirs)],
		check: expectItems(size),
	}),
	floorPrepare: async (bare, size) => await bare.listMessages(size),
	floor: async (bare, _size, messages) => {
		await bare.each(messages, async ({ id }) => await floor(bare, id));
	},
});

export const markRead = onEach({
	value: 'markRead',
	name: (count) => `Mark ${count} messages read`,
	count: 500,
	ours: {
		resource: 'message',
		operation: 'update',
		messageId: fromItem,
		changes: { isRead: true },
	},
	theirs: {
		resource: 'message',
		operation: 'update',
		messageId: fromItem,
		updateFields: { isRead: true },
	},
	floor: async (bare, id) => await bare.send('PATCH', `/me/messages/${id}`, { isRead: true }),
});

export const moveMessages = onEach({
	value: 'moveMessages',
	name: (count) => `Move ${count} messages`,
	count: 500,
	ours: {
		resource: 'message',
		operation: 'move',
		messageId: fromItem,
		folder: byId('archive'),
	},
	theirs: {
		resource: 'message',
		operation: 'move',
		messageId: fromItem,
		folderId: byId('archive'),
	},
	floor: async (bare, id) =>
		await bare.send('POST', `/me/messages/${id}/move`, { destinationId: 'archive' }),
});

export const deleteMessages = onEach({
	value: 'deleteMessages',
	name: (count) => `Delete ${count} messages`,
	count: 500,
	ours: { resource: 'message', operation: 'delete', messageId: fromItem },
	theirs: { resource: 'message', operation: 'delete', messageId: fromItem },
	floor: async (bare, id) => await bare.send('DELETE', `/me/messages/${id}`),
});

const attachment = {
	name: 'invoice.pdf',
	contentType: 'application/pdf',
	contentBytes: Buffer.alloc(100 * 1024, 'invoice ').toString('base64'),
};

export const downloadAttachments = {
	value: 'downloadAttachments',
	name: (count) => `Download the attachments of ${count} messages`,
	count: { full: 200, short: 20 },
	aims: { theirs: 3, floor: 1.3 },
	prepare: async (context, count) => await deliver(context, count, { attachments: [attachment] }),
	ours: ({ nodes }, count) => ({
		nodes: [
			nodes.mail('List', {
				resource: 'message',
				operation: 'getAll',
				folder: byId('inbox'),
				limit: count,
				options: { fields: ['subject'] },
			}),
			nodes.mail('Work', {
				resource: 'attachment',
				operation: 'download',
				messageId: fromItem,
			}),
		],
		measured: ['List', 'Work'],
		check: (result) => {
			expectItems(count)(result);
			expectFiles(result);
		},
	}),
	theirs: ({ nodes }, count) => ({
		nodes: [
			nodes.outlook('Work', {
				resource: 'message',
				operation: 'getAll',
				returnAll: false,
				limit: count,
				options: { downloadAttachments: true },
			}),
		],
		check: (result) => {
			expectItems(count)(result);
			expectFiles(result);
		},
	}),
	floor: async (bare, count) => {
		const messages = await bare.listMessages(count);
		await bare.each(messages, async ({ id }) => {
			const { value } = await bare.send('GET', `/me/messages/${id}/attachments?$select=id`);
			await bare.send('GET', `/me/messages/${id}/attachments/${value[0].id}/$value`);
		});
	},
};

function expectFiles({ output }) {
	const without = output.filter(({ binary }) => Object.keys(binary ?? {}).length !== 1);
	if (without.length > 0) throw new Error(`${without.length} items without their file`);
}

export const throttled = {
	value: 'throttled',
	name: (count) => `${count} requests, every tenth answered 429`,
	count: { full: 300, short: 40 },
	aims: { floor: 1.5 },
	prepare: async (context, count) => {
		await deliver(context, count);
	},
	/** After the messages are listed: the fault is for the work alone. */
	fault: {
		match: 'PATCH /v1.0/(me|users/[^/]+)/messages/',
		status: 429,
		every: 10,
		headers: { 'Retry-After': '1' },
	},
	ours: markRead.ours,
	theirs: markRead.theirs,
	floorPrepare: markRead.floorPrepare,
	floor: async (bare, _size, messages) => {
		await bare.each(messages, async ({ id }) => {
			for (;;) {
				try {
					return await bare.send('PATCH', `/me/messages/${id}`, { isRead: true });
				} catch (error) {
					if (!/ 429 /.test(error.message)) throw error;
					await new Promise((resolve) => setTimeout(resolve, 1000));
				}
			}
		});
	},
};
