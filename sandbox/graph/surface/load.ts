import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { CloudName } from '../../../core/clouds';
import { parseCsdl } from './csdl';
import type { SurfaceModel } from './model';
import { readPublishedSurface } from './publishedSdk';

export type SandboxCloud = Exclude<CloudName, 'custom'>;

const metadataNames: Readonly<Record<SandboxCloud, string>> = {
	global: 'Prod',
	usGovL4: 'Fairfax',
	usGovL5: 'Fairfax',
	china: 'Mooncake',
};

/** Hears where a surface comes from. */
export type SurfaceLog = (line: string, isWarning?: boolean) => void;

function warnOnly(line: string, isWarning = false): void {
	if (isWarning) console.warn(line);
}

/** Raise it when what is made of the sources changes, so that old caches aren't read. */
const cacheVersion = 3;

/** The folder of Microsoft's CSDL files: beside the project, or where the environment says. */
export function metadataFolder(): string {
	return process.env.M365_GRAPH_METADATA ?? resolve(projectRoot(), '../shared/graph-metadata');
}

export function metadataFile(cloud: SandboxCloud): string {
	return join(metadataFolder(), `v1.0-${metadataNames[cloud]}.csdl.gz`);
}

/** Whether checks against Microsoft's metadata are possible here. */
export function hasMetadata(cloud: SandboxCloud = 'global'): boolean {
	return existsSync(metadataFile(cloud));
}

/**
 * @throws {Error} for a cloud other than Office 365 without its metadata: nothing else that is
 * public tells the clouds apart.
 */
export function loadModel(cloud: SandboxCloud, log: SurfaceLog = warnOnly): SurfaceModel {
	const file = metadataFile(cloud);
	if (existsSync(file)) {
		log(`Graph surface: Microsoft's metadata, ${metadataNames[cloud]}`);
		return cached(file, () => parseCsdl(gunzipSync(readFileSync(file)).toString('utf8')));
	}
	if (cloud !== 'global') {
		throw new Error(
			`Graph's metadata for ${cloud} isn't at ${metadataFolder()}. Set M365_GRAPH_METADATA to a ` +
				`folder with v1.0-${metadataNames[cloud]}.csdl.gz, or use the global cloud.`,
		);
	}
	log(
		"Graph surface: NOT Microsoft's metadata, which isn't here, but the published SDK and types: " +
			'undeclared properties and paths are refused, some wrong values are not',
		true,
	);
	const packages = join(projectRoot(), 'node_modules/@microsoft');
	const manifest = join(packages, 'msgraph-sdk-users/package.json');
	return cached(manifest, () => readPublishedSurface(packages));
}

function cached(source: string, read: () => SurfaceModel): SurfaceModel {
	const { size, mtimeMs } = statSync(source);
	const key = createHash('sha256')
		.update(`${cacheVersion} ${source} ${size} ${mtimeMs}`)
		.digest('hex');
	const file = join(projectRoot(), '.cache/graph-surface', `${key.slice(0, 16)}.json`);
	if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as SurfaceModel;
	const model = read();
	mkdirSync(dirname(file), { recursive: true });
	// Several test processes may write at once; a rename is never half done.
	const unfinished = `${file}.${process.pid}`;
	writeFileSync(unfinished, JSON.stringify(model));
	renameSync(unfinished, file);
	return model;
}

/** The nearest folder above with the project's package.json: sources and build lie at different depths. */
function projectRoot(): string {
	let folder = __dirname;
	while (!existsSync(join(folder, 'package-lock.json')) && dirname(folder) !== folder) {
		folder = dirname(folder);
	}
	return folder;
}
