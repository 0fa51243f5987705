import {
	isSameSecret,
	readNotifications,
	validationTokenOf,
} from '../../../core/changes/notifications';

const secret = 'the-trigger-s-own-secret';
const change = (subscriptionId: string, clientState: unknown = secret) => ({
	subscriptionId,
	clientState,
	changeType: 'created',
	resource: 'Users/1/Messages/2',
	resourceData: { id: '2' },
});

describe('readNotifications', () => {
	it('reads many in one, changes and lifecycle events, each once', () => {
		const body = {
			value: [
				change('a'),
				change('a'),
				change('b'),
				{ subscriptionId: 'a', clientState: secret, lifecycleEvent: 'missed' },
				{ subscriptionId: 'a', clientState: secret, lifecycleEvent: 'subscriptionRemoved' },
				{ subscriptionId: 'b', clientState: secret, lifecycleEvent: 'reauthorizationRequired' },
			],
		};
		expect(readNotifications(body, secret)).toEqual([
			{ subscriptionId: 'a' },
			{ subscriptionId: 'b' },
			{ subscriptionId: 'a', lifecycleEvent: 'missed' },
			{ subscriptionId: 'a', lifecycleEvent: 'subscriptionRemoved' },
			{ subscriptionId: 'b', lifecycleEvent: 'reauthorizationRequired' },
		]);
	});

	it.each([
		['another secret', change('a', 'guessed')],
		['a secret of the same length', change('a', secret.replace('t', 'x'))],
		['the beginning of the secret', change('a', secret.slice(0, -1))],
		['no secret', { subscriptionId: 'a' }],
		['a secret that is no text', change('a', 0)],
		['no subscription', { clientState: secret }],
	])('leaves out what has %s, and takes the rest of the same POST', (_what, forged) => {
		expect(readNotifications({ value: [forged, change('real')] }, secret)).toEqual([
			{ subscriptionId: 'real' },
		]);
	});

	it('takes an event of a later day for a change, since a look can not be wrong', () => {
		const body = {
			value: [{ subscriptionId: 'a', clientState: secret, lifecycleEvent: 'renamed' }],
		};
		expect(readNotifications(body, secret)).toEqual([{ subscriptionId: 'a' }]);
	});

	it.each([undefined, null, '', 'text', 7, [], {}, { value: 'text' }, { value: [null, 3] }])(
		'finds nothing in %j',
		(body) => {
			expect(readNotifications(body, secret)).toEqual([]);
		},
	);

	it('knows nobody without a secret of its own', () => {
		expect(readNotifications({ value: [change('a', '')] }, '')).toEqual([]);
		expect(isSameSecret('', '')).toBe(false);
	});
});

describe('validationTokenOf', () => {
	it('answers the decoded token, which comes without a body', () => {
		const query = Object.fromEntries(
			new URLSearchParams('validationToken=Validation%3A%20Testing%20a%2Bb'),
		);
		expect(validationTokenOf(query)).toBe('Validation: Testing a+b');
	});

	it.each([undefined, {}, { validationToken: '' }, { validationToken: ['a', 'b'] }])(
		'takes %j for no handshake',
		(query) => {
			expect(validationTokenOf(query)).toBeUndefined();
		},
	);
});
