import { ParameterError } from '../../../nodes/kit/field';
import { readRecipients } from '../../../nodes/kit/recipients';

const ana = { emailAddress: { address: 'ana@contoso.example' } };
const ben = { emailAddress: { address: 'ben@contoso.example', name: 'Okafor, Ben' } };

describe('readRecipients', () => {
	it.each<[unknown, unknown[]]>([
		['', []],
		[undefined, []],
		[' ana@contoso.example ,', [ana]],
		['ana@contoso.example; "Okafor, Ben" <ben@contoso.example>', [ana, ben]],
		['ana@contoso.example\n"Okafor, Ben" <ben@contoso.example>', [ana, ben]],
		[
			['ana@contoso.example', '"Okafor, Ben" <ben@contoso.example>'],
			[ana, ben],
		],
		[
			[ana, ben],
			[ana, ben],
		],
		[{ address: 'ana@contoso.example' }, [ana]],
		[
			'Chloé "the designer" <chloe@contoso.example>',
			[{ emailAddress: { address: 'chloe@contoso.example', name: 'Chloé "the designer"' } }],
		],
		[
			'"Ana \\"A\\" M" <ana@contoso.example>',
			[{ emailAddress: { address: 'ana@contoso.example', name: 'Ana "A" M' } }],
		],
		['<ana@contoso.example>', [ana]],
	])('reads %p', (raw, expected) => {
		expect(readRecipients(raw, 'To')).toEqual(expected);
	});

	it.each([
		['ana@contoso.example, ben', '"ben"'],
		['Ana Martins', '"Ana Martins"'],
		['Ana <ana>', '"ana"'],
		['ana@@contoso.example', '"ana@@contoso.example"'],
		['ana@con toso.example', '"ana@con toso.example"'],
		['Ben <>', '""'],
	])('names the wrong one in %p', (raw, named) => {
		const read = () => readRecipients(raw, 'Cc');
		expect(read).toThrow(ParameterError);
		expect(read).toThrow(`Cc: ${named} is no email address`);
	});

	it('refuses what is no text', () => {
		expect(() => readRecipients(() => 'x', 'To')).toThrow(ParameterError);
	});
});
