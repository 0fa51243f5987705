import type { SandboxDirectory } from '../directory';
import type { RunningImap } from './startImap';

interface Seed {
	/** Whose mailbox, by its name before the @. */
	readonly mailbox: string;
	readonly folder?: string;
	readonly flags?: readonly string[];
	readonly hoursAgo: number;
	readonly from: string;
	readonly subject: string;
	readonly text: string;
	/** A text file. */
	readonly attachment?: { readonly name: string; readonly type: string; readonly content: string };
}

const seeds: readonly Seed[] = [
	{
		mailbox: 'ana',
		hoursAgo: 30,
		flags: ['\\Seen'],
		from: 'Ben Okafor <ben@contoso.example>',
		subject: 'Budget for the third quarter',
		text: 'Hello Ana,\n\nthe figures are ready. Shall we look at them on Thursday?\n\nBen',
	},
	{
		mailbox: 'ana',
		hoursAgo: 5,
		from: 'Fabrikam Billing <billing@fabrikam.example>',
		subject: 'Invoice 2026-1043',
		text: 'Dear customer,\n\nplease find your invoice attached.',
		attachment: {
			name: 'invoice-2026-1043.csv',
			type: 'text/csv',
			content: 'position,amount\nLicences,1200.00\nSupport,300.00\n',
		},
	},
	{
		mailbox: 'ana',
		folder: 'Sent Items',
		flags: ['\\Seen'],
		hoursAgo: 28,
		from: 'Ana Martins <ana@contoso.example>',
		subject: 'Re: Budget for the third quarter',
		text: 'Thursday at ten is fine.\n\nAna',
	},
	{
		mailbox: 'support',
		hoursAgo: 3,
		from: 'Olga <olga@fabrikam.example>',
		subject: 'The printer on the second floor is broken',
		text: 'It says "paper jam", but there is no paper in it.',
	},
	{
		mailbox: 'support',
		hoursAgo: 2,
		flags: ['\\Flagged'],
		from: 'Пётр <petr@fabrikam.example>',
		subject: 'Не могу войти в систему',
		text: 'Здравствуйте! Пароль больше не подходит.',
	},
];

/** A few messages, so that there is something to read. */
export async function seedMessages(
	{ domain }: SandboxDirectory,
	imap: Pick<RunningImap, 'deliver'>,
): Promise<void> {
	const { createTransport } = await import('nodemailer');
	const composer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
	for (const [index, seed] of seeds.entries()) {
		const { mailbox, folder, flags, hoursAgo, attachment, ...mail } = seed;
		const receivedAt = new Date(Date.now() - hoursAgo * 3_600_000);
		const to = `${mailbox}@${domain}`;
		const { message } = await composer.sendMail({
			...mail,
			to,
			date: receivedAt,
			messageId: `<seed-${index + 1}@${domain}>`,
			attachments: attachment
				? [{ filename: attachment.name, contentType: attachment.type, content: attachment.content }]
				: [],
		});
		await imap.deliver(to, {
			content: message,
			receivedAt,
			...(folder !== undefined && { folder }),
			...(flags && { flags }),
		});
	}
}
