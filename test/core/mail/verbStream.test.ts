import { verbStream } from '../../../core/mail/verbStream';

/** [MS-OXOMSG] 4.5, "Sending a Message with Voting Options". */
const published =
	'0201030000000400000003596573084950' +
	'4D2E4E6F746500035965730000000000' +
	'00000000010000000200000002000000' +
	'01000000FFFFFFFF04000000024E6F08' +
	'49504D2E4E6F746500024E6F00000000' +
	'00000000000100000002000000020000' +
	'0002000000FFFFFFFF04000000054D61' +
	'7962650849504D2E4E6F746500054D61' +
	'79626500000000000000000001000000' +
	'020000000200000003000000FFFFFFFF' +
	'04010359006500730003590065007300' +
	'024E006F00024E006F00054D00610079' +
	'0062006500054D006100790062006500';

it("writes Microsoft's own example", () => {
	expect(verbStream(['Yes', 'No', 'Maybe']).toString('hex').toUpperCase()).toBe(published);
});

it('writes what ANSI lacks as question marks, and whole in Unicode', () => {
	const bytes = verbStream(['Да']);
	expect(bytes.includes(Buffer.from([2, 0x3f, 0x3f]))).toBe(true);
	expect(bytes.subarray(-5).equals(Buffer.from([2, 0x14, 0x04, 0x30, 0x04]))).toBe(true);
});
