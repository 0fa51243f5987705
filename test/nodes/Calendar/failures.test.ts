import { resources } from '../../../nodes/Calendar/resources';
import { type CalendarSandbox, startCalendarSandbox } from './calendarSandbox';
import { cases, items, prepare } from './minimal';

let sandbox: CalendarSandbox;
beforeAll(async () => (sandbox = await startCalendarSandbox()));
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.stop());

it('covers every operation', () => {
	const all = resources.flatMap(({ value, operations }) =>
		// What asks a reviewer has tests of its own: it waits instead of answering.
		operations
			.filter(({ review }) => review === undefined)
			.map((operation) => `${value}/${operation.value}`),
	);
	expect(Object.keys(cases)).toEqual(all.sort());
});

describe.each(Object.keys(cases))('%s', (key) => {
	const [resource = '', operation = ''] = key.split('/');
	const definition = resources
		.find(({ value }) => value === resource)
		?.operations.find(({ value }) => value === operation);
	it("says what Graph refused, with Graph's code and the permission", async () => {
		const parameters = await prepare(sandbox, key);
		sandbox.fault({ match: '* /v1.0/(me|places)/', status: 403 });
		const error = await sandbox.run(parameters(0), { items: items(1) }).then(
			() => undefined,
			(reason: unknown) => reason as { message: string; description: string; context: object },
		);
		expect(error).toMatchObject({
			message: expect.stringContaining(definition?.action ?? '?') as string,
			context: { itemIndex: 0 },
		});
		expect(error?.description).toContain('ErrorAccessDenied');
		expect(error?.description).toMatch(/request-id [0-9a-f-]{36}/);
		expect(error?.description).toContain(definition?.permissions.delegated);
		expect(error?.description).not.toContain('.Shared.Shared');
	});

	it('goes on with the next item where the user chose to continue', async () => {
		const parameters = await prepare(sandbox, key);
		sandbox.fault({ match: '* /v1.0/(me|places)/', status: 404, times: 1 });
		const { items: output } = await sandbox.run(parameters, {
			items: items(2),
			continueOnFail: true,
		});
		const failed = output.filter(({ error }) => error !== undefined);
		expect(failed).toHaveLength(1);
		expect(failed[0]?.json['error']).toEqual(expect.any(String));
		// Which of two items that run at once meets the fault is not settled; the other one succeeds.
		const failedItem = (failed[0]?.pairedItem as { item: number }).item;
		const others = output.filter(({ error }) => error === undefined);
		expect(
			others.every(({ pairedItem }) => (pairedItem as { item: number }).item === 1 - failedItem),
		).toBe(true);
		if (key !== 'event/getAttachments') expect(others.length).toBeGreaterThan(0);
	});
});
