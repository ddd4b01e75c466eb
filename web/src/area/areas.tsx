// The areas: all of them, or one.
import { SourceLink } from '../figure';
import { route } from '../route';
import { sourceLink } from '../source';
import './area.css';
import { AreaList } from './list';
import { AreaPage } from './page';

export function Areas() {
  const { code } = route.value;
  return <SourceLink.Provider value={sourceLink}>{code === null ? <AreaList /> : <AreaPage key={code} code={code} />}</SourceLink.Provider>;
}
