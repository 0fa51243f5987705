import type { Clock } from '../../clock';
import type { SandboxDirectory } from '../../directory';
import type { Announce } from '../changes';
import { signedInUser } from '../server/authorize';
import type { GraphCall, GraphService } from '../server/call';
import { holdsSelectedOnly } from './access';
import { accessDenied } from './refusals';
import { itemRoutes } from './routes/items';
import { listRoutes } from './routes/lists';
import { pageRoutes } from './routes/pages';
import { siteRoutes } from './routes/sites';
import type { SandboxSite } from './sites';
import { SharePoint } from './store';
import type { StoredList } from './types';

/** Sites, lists, items and pages behind Graph; the files of libraries are the drives'. */
export class SharePointService implements GraphService {
	readonly sharePoint: SharePoint;
	readonly routes: GraphService['routes'];

	constructor(clock: Clock, directory: SandboxDirectory, announce?: Announce) {
		this.sharePoint = new SharePoint(clock, directory, announce);
		this.routes = [
			...siteRoutes(this),
			...listRoutes(this),
			...itemRoutes(this),
			...pageRoutes(this),
		];
	}

	/** The site that a path names, by id or by `{host}:/{path}`. */
	open({ keys, target, caller }: GraphCall): SandboxSite {
		const isByPath = target.segments.some(({ kind }) => kind === 'itemPath');
		const site = this.sharePoint.site(keys[0] ?? '', isByPath ? keys[1] : undefined);
		if (holdsSelectedOnly(caller) && !this.sharePoint.grants.has(site.id)) throw accessDenied();
		return site;
	}

	openList(call: GraphCall): StoredList {
		return this.sharePoint.list(this.open(call), call.keys[1] ?? '');
	}

	/** Who writes, as a number of the site's people. */
	author(call: GraphCall): number {
		const user = signedInUser(this.sharePoint.directory, call.caller);
		return this.sharePoint.personNumber(this.open(call), user);
	}

	reset(): void {
		this.sharePoint.reset();
	}
}
