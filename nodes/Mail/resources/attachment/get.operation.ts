import type { Attachment } from '@microsoft/microsoft-graph-types';
import { path } from '../../../../core/graph/path';
import { mailboxField } from '../../../kit/fields/mailbox';
import { text, toggle } from '../../../kit/fields/values';
import { showWhen } from '../../../kit/field';
import { defineOperation } from '../../../kit/operation';
import { simplifyAttachment } from '../../attachmentOutput';
import { cloudLinks } from '../../../kit/attachments/cloudLinks';
import { contentTypeOf, fileNameOf, kindOf } from '../../../kit/attachments/download';
import { attachmentField } from '../../fields/attachment';
import { messageField } from '../../fields/message';
import { simplifyField } from '../../../kit/fields/output';

export const get = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get an attachment',
	description:
		'Get one attachment of a message, with its content in a binary field, or its address if it is a link',
	permissions: { delegated: 'Mail.Read', application: 'Mail.Read' },
	properties: [
		mailboxField,
		messageField,
		attachmentField,
		toggle('download', {
			displayName: 'Download',
			default: true,
			description: 'Whether to put the content into a binary field',
		}),
		showWhen(
			text('binaryField', {
				displayName: 'Put Output File in Field',
				default: 'data',
				required: true,
				description: 'The name of the binary field for the file',
			}),
			{ download: [true] },
		),
		simplifyField,
	],
	concurrentItems: 4,
	execute: async ({ graph, params, binary }) => {
		const messagePath = path`${params.mailbox}/messages/${params.messageId}`;
		const attachmentPath = path`${messagePath}/attachments/${params.attachmentId}`;
		const attachment = await graph.request<Attachment>({
			method: 'GET',
			path: attachmentPath,
			query: { $select: 'id,name,contentType,size,isInline,lastModifiedDateTime' },
		});
		const isLink = kindOf(attachment) === 'link';
		const [link] = isLink ? await cloudLinks(graph, messagePath, [attachment.name ?? '']) : [];
		const json = {
			...(params.simplify ? simplifyAttachment(attachment, params.messageId) : attachment),
			...(link && { url: link.url }),
		};
		if (isLink || params.binaryField === undefined) return [{ json }];
		const { body } = await graph.stream({ method: 'GET', path: path`${attachmentPath}/$value` });
		const file = await binary.store(body, fileNameOf(attachment), contentTypeOf(attachment));
		return [{ json, binary: { [params.binaryField]: file } }];
	},
});
