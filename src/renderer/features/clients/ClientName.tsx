import { useNamesake } from '../../api/namesakes.ts'
import { Name } from '../../ui/Parts.tsx'

/** A client's name and, where somebody else has it as well, what tells the two apart. */
export const ClientName = ({ id, children }: { id: string; children: string }) => (
  <Name mark={useNamesake(id)}>{children}</Name>
)
