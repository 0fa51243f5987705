import { type IExecuteFunctions, type INodeExecutionData, NodeOperationError } from 'n8n-workflow';
import { withImap } from '../../../core/mail/imap';
import { openFolder } from '../../../core/mail/imapFolder';
import { fetchNewest } from '../../../core/mail/imapLook';
import { toNodeError } from '../../kit/errors';
import { connectMail } from '../../kit/mailConnect';
import { acceptRun } from '../shared/acceptRun';
import { messageItem, storeFiles } from './messageItem';
import { readSettings } from './settings';

/** How many of the newest messages a test looks at for one that the filters let through. */
const testCandidates = 50;

/**
 * The trigger node's part in each run: its message, with its files stored. Started by hand, it takes
 * the newest message of the folder in the same way.
 */
export async function runFolder(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	try {
		const items =
			context.getMode() === 'manual'
				? [await newestItem(context)]
				: (await acceptRun(context)).map(({ data }) => data);
		const stored: INodeExecutionData[] = [];
		for (const item of items) stored.push(await storeFiles(context, item));
		return [stored];
	} catch (error) {
		throw toNodeError(error, { node: context.getNode() });
	}
}

async function newestItem(context: IExecuteFunctions): Promise<INodeExecutionData> {
	const settings = readSettings(context);
	const { folder, selection } = settings;
	const signal = context.getExecutionCancelSignal();
	const message = await withImap(
		await connectMail(context, 'imap'),
		{ ...(signal && { signal }) },
		async (session) =>
			await fetchNewest(await openFolder(session, folder), selection, testCandidates),
	);
	if (message) return await messageItem(message, folder, settings);
	throw new NodeOperationError(
		context.getNode(),
		'There is nothing yet that would start this trigger',
		{
			description: `A test takes the newest message that is in "${folder}" already, and none of the newest ${testCandidates} matches the filters. Send one that does, or change the filters.`,
		},
	);
}
