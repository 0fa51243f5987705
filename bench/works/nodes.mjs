/** The nodes that the works are made of, on each side's credential. */
export function nodesOf({ credentials, side }) {
	const node =
		(type, extra = {}) =>
		(name, parameters) => ({
			name,
			type,
			parameters: { ...extra, ...parameters },
			credentials: credentials[side],
		});
	const ours = (service) => node(`n8n-nodes-microsoft365.microsoft365${service}`);
	const theirs = (service, typeVersion) => (name, parameters) => ({
		...node(`n8n-nodes-base.microsoft${service}`, { authentication: 'microsoftOAuth2Api' })(
			name,
			parameters,
		),
		typeVersion,
	});
	return {
		mail: ours('Mail'),
		calendar: ours('Calendar'),
		files: ours('Files'),
		sharePoint: ours('SharePoint'),
		outlook: theirs('Outlook', 2),
		oneDrive: theirs('OneDrive', 1.1),
		theirSharePoint: theirs('SharePoint', 2),
		imap: (name, parameters) => ({
			name,
			type: 'n8n-nodes-microsoft365.microsoft365Imap',
			parameters,
			credentials: credentials.imap.ours,
		}),
		imapTrigger: (name, parameters) => ({
			name,
			type: 'n8n-nodes-base.emailReadImap',
			// The last that emits all messages at once: later ones emit 20, and a manual run ends with the first.
			typeVersion: 2,
			parameters,
			credentials: credentials.imap.theirs,
		}),
	};
}

/** A check of a run. */
export const expectItems = (count) => (result) => {
	if (result.items !== count) throw new Error(`${result.items} items instead of ${count}`);
};

export const byId = (value) => ({ __rl: true, mode: 'id', value });
export const fromItem = byId('={{ $json.id }}');

/** A node that makes items by a function body, `count` times. */
export const generated = (count, fields) => ({
	name: 'Items',
	type: 'n8n-nodes-base.code',
	typeVersion: 2,
	parameters: {
		jsCode: `return Array.from({ length: ${count} }, (_, index) => ({ json: ${fields} }));`,
	},
});

/** The IDs to work on, by this package on both sides, and not measured. */
export const listedIds = (nodes, count, credentials) => ({
	...nodes.mail('Messages', {
		resource: 'message',
		operation: 'getAll',
		folder: byId('inbox'),
		limit: count,
		options: { fields: ['subject'] },
	}),
	credentials: credentials.ours,
});
