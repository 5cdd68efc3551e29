"""The server: tools, resources and prompts as the protocol has them."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Mapping
from typing import Any, TypeVar

from dualuse import __version__
from dualuse.errors import DualuseError, MissingExtraError, UsageError
from dualuse.mcp import answers, prompts, resources
from dualuse.mcp.answering import Answering
from dualuse.mcp.tools import BY_NAME, TOOLS, Tool
from dualuse.suggest import nearest

try:
    import mcp_types as types
    from mcp.server import Server, ServerRequestContext
    from mcp.shared.exceptions import MCPError

    from dualuse.mcp.schema import read, taken_by
except ModuleNotFoundError:
    raise MissingExtraError("the MCP server needs the protocol's library: pip install 'dualuse[mcp]'") from None

INSTRUCTIONS = (
    "dualuse answers from a sourced, point-in-time record of export controls on AI chips: what the law says, who "
    "said what, who is affected. Every answer is a card: headline, rows, receipts (because), and what is unknown; "
    "pass the unknowns on. Name a day (as_of) and, where it matters, a lens: codified, enforced, announced. Nothing "
    "is cleared that no rule holds. Read dualuse://rules once before you answer anybody. Information, not legal "
    "advice."
)
_HINTS = types.ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)
_CARD = {
    "type": "object",
    "properties": {
        "question": {"type": "object"},
        "answer": {"type": "object"},
        "because": {"type": "array"},
        "unknown": {"type": "array"},
        "left_out": {"type": "object"},
    },
    "required": ["question", "answer", "because", "unknown", "dataset", "note"],
}
_MARKDOWN, _SPARQL = "text/markdown", "application/sparql-query"
_Context = ServerRequestContext[Any]
_T = TypeVar("_T")
_OPTION = re.compile(r"--([a-z][a-z-]*)")
"""An option of the command line in a message; here it is an argument."""


def create_server(answering: Answering) -> Server[Any]:
    """The server, for any transport."""

    async def list_tools(_: _Context, __: types.PaginatedRequestParams | None) -> types.ListToolsResult:
        return types.ListToolsResult(tools=[_told(tool) for tool in TOOLS])

    async def call_tool(_: _Context, params: types.CallToolRequestParams) -> types.CallToolResult:
        try:
            found = await call(answering, params.name, params.arguments or {})
        except DualuseError as error:
            return types.CallToolResult(content=[_text(str(error))], is_error=True)
        return types.CallToolResult(content=[_text(found.text)], structured_content=found.card)

    async def list_resources(_: _Context, __: types.PaginatedRequestParams | None) -> types.ListResourcesResult:
        return types.ListResourcesResult(
            resources=[
                types.Resource(
                    uri=each.uri,
                    name=each.name,
                    title=each.title,
                    description=each.description,
                    mime_type=_MARKDOWN,
                )
                for each in resources.RESOURCES
            ]
        )

    async def list_templates(_: _Context, __: types.PaginatedRequestParams | None) -> types.ListResourceTemplatesResult:
        template = types.ResourceTemplate(
            uri_template=resources.QUERY,
            name="query",
            title="Text of a named query",
            description="A SPARQL query of the library; their names are in dualuse://queries.",
            mime_type=_SPARQL,
        )
        return types.ListResourceTemplatesResult(resource_templates=[template])

    async def read_resource(_: _Context, params: types.ReadResourceRequestParams) -> types.ReadResourceResult:
        uri = str(params.uri)
        text = await _or_refused(answering.do(resources.text_of, uri))
        form = _MARKDOWN if uri in resources.BY_URI else _SPARQL
        contents = types.TextResourceContents(uri=uri, mime_type=form, text=text)
        return types.ReadResourceResult(contents=[contents])

    async def list_prompts(_: _Context, __: types.PaginatedRequestParams | None) -> types.ListPromptsResult:
        return types.ListPromptsResult(prompts=[_prompt(each) for each in prompts.PROMPTS])

    async def get_prompt(_: _Context, params: types.GetPromptRequestParams) -> types.GetPromptResult:
        return _filled(params.name, params.arguments or {})

    return Server(
        "dualuse",
        version=__version__,
        title="dualuse: export controls on AI chips",
        instructions=INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
        on_list_resources=list_resources,
        on_list_resource_templates=list_templates,
        on_read_resource=read_resource,
        on_list_prompts=list_prompts,
        on_get_prompt=get_prompt,
    )


async def call(answering: Answering, name: str, arguments: Mapping[str, Any]) -> answers.Answer:
    """What a tool gives.

    Raises:
        UsageError: there is no such tool, or its arguments are wrong; the message says what to do.
        DualuseError: as the question has it.
    """
    tool = BY_NAME.get(name)
    if tool is None:
        close = nearest(name, BY_NAME, 3) or tuple(BY_NAME)
        raise UsageError(f"no tool {name!r}; nearest: {', '.join(close)}")
    values, first, limit = read(tool, arguments)
    page = answers.Page(first, limit)
    try:
        if name == "sparql":
            return await answering.do(answers.query, values["query"], page)
        if name == "screen":
            return await answering.do(answers.screen, values.pop("parties"), values, page)
        return await answering.do(answers.ask, name, values, page)
    except UsageError as error:
        raise UsageError(_OPTION.sub(lambda option: option[1].replace("-", "_"), str(error))) from None


async def _or_refused(work: Awaitable[_T]) -> _T:
    """What some work gives; what it refuses is refused as the protocol does."""
    try:
        return await work
    except DualuseError as error:
        raise MCPError(types.INVALID_PARAMS, str(error)) from None


def _filled(name: str, arguments: Mapping[str, str]) -> types.GetPromptResult:
    prompt = prompts.BY_NAME.get(name)
    if prompt is None:
        raise MCPError(types.INVALID_PARAMS, f"no prompt {name!r}; there are: {', '.join(prompts.BY_NAME)}")
    try:
        text = prompt.fill(arguments)
    except UsageError as error:
        raise MCPError(types.INVALID_PARAMS, str(error)) from None
    message = types.PromptMessage(role="user", content=_text(text))
    return types.GetPromptResult(description=prompt.description, messages=[message])


def _text(text: str) -> types.TextContent:
    return types.TextContent(type="text", text=text)


def _told(tool: Tool) -> types.Tool:
    return types.Tool(
        name=tool.name,
        title=tool.title,
        description=tool.description,
        input_schema=taken_by(tool),
        output_schema=_CARD,
        annotations=_HINTS.model_copy(update={"title": tool.title}),
    )


def _prompt(prompt: prompts.Prompt) -> types.Prompt:
    takes = [(name, told, True) for name, told in prompt.needs.items()]
    takes += [(name, told.partition("|")[0], False) for name, told in prompt.takes.items()]
    arguments = [types.PromptArgument(name=name, description=told, required=needed) for name, told, needed in takes]
    return types.Prompt(name=prompt.name, title=prompt.title, description=prompt.description, arguments=arguments)
