import { choice, choices, collection, text, toggle } from '../../../kit/fields/values';
import { defineOperation, item, noneOfItsOwn } from '../../../kit/operation';
import { checkConnection } from '../../check/report';
import { ProblemsFoundError } from '../../check/problems';
import { checkedServiceNames, checkedServices } from '../../check/services';

export const check = defineOperation({
	name: 'Check',
	value: 'check',
	action: 'Check the connection',
	description:
		'Find out who is connected, what works, and which permission each operation still lacks',
	permissions: noneOfItsOwn,
	properties: [
		choices('services', {
			displayName: 'Services',
			options: checkedServiceNames.map((value) => ({ name: checkedServices[value].name, value })),
			default: checkedServiceNames,
			description: 'What to check. Each service but Users and Groups is tried with one request.',
		}),
		text('mailbox', {
			displayName: 'Mailbox',
			placeholder: 'e.g. support@contoso.com',
			description:
				"Whose mailbox, calendar and OneDrive to try. Empty: the signed-in person's own; an app has none.",
		}),
		choice('output', {
			displayName: 'Output',
			options: [
				{ name: 'One Item', value: 'one', description: 'With all that was found' },
				{ name: 'One Item per Operation', value: 'operations', description: 'A table' },
			],
			default: 'one',
		}),
		collection('options', {
			displayName: 'Options',
			placeholder: 'Add Option',
			fields: [
				toggle('failOnProblems', {
					displayName: 'Fail on Problems',
					default: true,
					description: 'Whether the node fails where something is missing, e.g. to raise an alarm',
				}),
				toggle('onlyProblems', {
					displayName: 'Only Problems',
					default: true,
					description: 'Whether to leave out the operations that are allowed',
				}),
			],
		}),
	],
	execute: async ({ params, note, ...input }) => {
		const { services, output, options } = params;
		const { operations: all, ...report } = await checkConnection(services, { ...input, params });
		if (options.failOnProblems && !report.ok) throw new ProblemsFoundError(report);
		const operations = options.onlyProblems ? all.filter(({ allowed }) => allowed !== true) : all;
		const { proof } = report.connection;
		if (proof.daysLeft !== null && proof.note) note(proof.note);
		return output === 'operations' ? operations.map(item) : [item({ ...report, operations })];
	},
});
