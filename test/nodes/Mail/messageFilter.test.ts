import { clouds } from '../../../core/clouds';
import { UnavailableInCloudError } from '../../../core/availability';
import { checkHere, conditionsOf, filterForOrder } from '../../../nodes/Mail/messageFilter';

const person = (address: string) => ({ emailAddress: { address } });

describe('conditionsOf', () => {
	it('writes each filter as Graph takes it', () => {
		expect(
			conditionsOf(
				{
					receivedAfter: '2026-03-01T00:00:00Z',
					receivedBefore: '2026-04-01T00:00:00Z',
					from: person("o'neil@contoso.example"),
					subject: "it's due",
					category: 'Blue category',
					hasAttachments: 'true',
					readState: 'unread',
					flag: 'flagged',
					importance: 'high',
				},
				clouds.global,
			),
		).toEqual([
			'receivedDateTime ge 2026-03-01T00:00:00Z',
			'receivedDateTime lt 2026-04-01T00:00:00Z',
			"from/emailAddress/address eq 'o''neil@contoso.example'",
			"contains(subject,'it''s due')",
			"categories/any(c:c eq 'Blue category')",
			'hasAttachments eq true',
			'isRead eq false',
			"flag/flagStatus eq 'flagged'",
			"importance eq 'high'",
		]);
	});

	it('is empty for filters that were added but not filled', () => {
		expect(
			conditionsOf(
				{ subject: '', category: '', from: undefined, receivedAfter: undefined },
				clouds.global,
			),
		).toEqual([]);
	});

	it('refuses the flag where the cloud has none', () => {
		expect(() => conditionsOf({ flag: 'flagged' }, clouds.china)).toThrow(UnavailableInCloudError);
	});
});

describe('filterForOrder', () => {
	it('puts the property of the order first', () => {
		expect(filterForOrder([])).toBeUndefined();
		expect(filterForOrder(['receivedDateTime ge 2026-03-01T00:00:00Z', 'isRead eq true'])).toBe(
			'receivedDateTime ge 2026-03-01T00:00:00Z and isRead eq true',
		);
		expect(filterForOrder(['(isRead eq true or isDraft eq true)'])).toBe(
			'receivedDateTime ge 1900-01-01T00:00:00Z and (isRead eq true or isDraft eq true)',
		);
	});
});

describe('checkHere', () => {
	it('finds an address among To and Cc, in any case', () => {
		const keep = checkHere({ to: person('Ben@contoso.example') });
		expect(keep?.({ toRecipients: [person('ana@contoso.example')] })).toBe(false);
		expect(keep?.({ ccRecipients: [person('ben@CONTOSO.example')] })).toBe(true);
	});

	it('has nothing to do without a recipient', () => {
		expect(checkHere({ subject: 'x' })).toBeUndefined();
	});
});
