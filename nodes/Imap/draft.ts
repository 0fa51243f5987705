import type { Recipient } from '@microsoft/microsoft-graph-types';
import { composeMail } from '../../core/mail/composeMail';
import type { MailAddress } from '../../core/mail/outgoingMail';
import type { BinaryAccess } from '../kit/binary';

interface DraftFields {
	readonly to: readonly Recipient[];
	readonly subject: string;
	readonly bodyType: 'text' | 'html';
	readonly body: string;
	readonly attachments: readonly string[];
	readonly more: {
		readonly from?: Recipient | undefined;
		readonly cc?: readonly Recipient[];
		readonly bcc?: readonly Recipient[];
		readonly replyTo?: readonly Recipient[];
		readonly inReplyTo?: string;
	};
}

/** A draft's MIME. Its sender is the mailbox unless another one is named. */
export async function composeDraft(
	fields: DraftFields,
	mailbox: string,
	binary: BinaryAccess,
): Promise<Buffer> {
	const { more, body, bodyType } = fields;
	const sources =
		fields.attachments.length === 0
			? []
			: await binary.sources(fields.attachments, 'Attachments (Binary Fields)');
	const inReplyTo = more.inReplyTo?.trim();
	return await composeMail({
		from: addressesOf(more.from ? [more.from] : [])[0] ?? { address: mailbox },
		to: addressesOf(fields.to),
		cc: addressesOf(more.cc ?? []),
		bcc: addressesOf(more.bcc ?? []),
		replyTo: addressesOf(more.replyTo ?? []),
		subject: fields.subject,
		...(bodyType === 'html' ? { html: body } : { text: body }),
		...(inReplyTo && { inReplyTo, references: [inReplyTo] }),
		headers: {},
		files: sources.map((source) => ({
			fileName: source.fileName,
			mimeType: source.mimeType,
			open: async () => await source.open(),
		})),
	});
}

function addressesOf(people: readonly Recipient[]): MailAddress[] {
	return people.flatMap(({ emailAddress }) =>
		emailAddress?.address
			? [
					{
						address: emailAddress.address,
						...(emailAddress.name && { name: emailAddress.name }),
					},
				]
			: [],
	);
}
