const site = 'https://contoso.sharepoint.example/sites/finance';

const appOnly = ({ id, name }) => ({ microsoft365AppOnlyApi: { id, name } });
const delegated = ({ id, name }) => ({ microsoft365OAuth2Api: { id, name } });

/** Each message that Microsoft tells of becomes a list item. */
export const instantWorkflow = (mailbox, credential, person) =>
	toListItem('Notified', credential, person, {
		type: 'n8n-nodes-microsoft365.microsoft365InstantTrigger',
		webhookId: crypto.randomUUID(),
		parameters: { authentication: 'application', event: 'messageReceived', mailbox },
	});

/** Each message that a look every five seconds finds becomes a list item. */
export const polledWorkflow = (mailbox, credential, person) =>
	toListItem('Polled', credential, person, {
		type: 'n8n-nodes-microsoft365.microsoft365Trigger',
		parameters: {
			authentication: 'application',
			event: 'messageReceived',
			mailbox,
			pollTimes: { item: [{ mode: 'custom', cronExpression: '*/5 * * * * *' }] },
		},
	});

function toListItem(name, credential, person, trigger) {
	return {
		name,
		nodes: [
			{
				id: 'trigger',
				name: 'Trigger',
				typeVersion: 1,
				position: [0, 0],
				credentials: appOnly(credential),
				...trigger,
			},
			{
				id: 'item',
				name: 'Make a List Item',
				type: 'n8n-nodes-microsoft365.microsoft365SharePoint',
				typeVersion: 1,
				position: [220, 0],
				credentials: delegated(person),
				parameters: {
					resource: 'item',
					operation: 'create',
					site: { __rl: true, mode: 'url', value: site },
					list: { __rl: true, mode: 'name', value: 'Invoices' },
					columns: {
						mappingMode: 'defineBelow',
						value: { Title: '={{ $json.internetMessageId }}' },
						schema: [],
					},
				},
			},
		],
		connections: { Trigger: { main: [[{ node: 'Make a List Item', type: 'main', index: 0 }]] } },
		settings: {},
	};
}
