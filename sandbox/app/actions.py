"""What a person can do, as one table: id, words, shortcut.

The window binds each id to a call; buttons, menus and shortcuts are lists of ids.
"""

from dataclasses import dataclass
from typing import Final

from sandbox.app.analyses import ANALYSES


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a person can do.

    Attributes
    ----------
    id
        Name that menus and bindings use.
    text
        Words in the source language, short enough for a button.
    shortcut
        Keys in Qt's portable form; empty for none.
    """

    id: str
    text: str
    shortcut: str = ""


ACTIONS: Final[tuple[Action, ...]] = (
    Action("undo", "Undo", "Ctrl+Z"),
    Action("redo", "Redo", "Ctrl+Shift+Z"),
    Action("search", "Search places, pinyin or coordinates", "Ctrl+K"),
    Action("theme", "Light or dark", "Ctrl+D"),
    Action("language", "中文 / English", "Ctrl+L"),
    Action("export_html", "Export page", "Ctrl+E"),
    Action("export_comparison", "Export the comparison…", "Ctrl+Shift+E"),
    Action("take_scene", "Save view as scene…", "Ctrl+Shift+K"),
    Action("open_scenario", "Open a scenario…", "Ctrl+Shift+O"),
    Action("save_scenario", "Save the scenario…", "Ctrl+Shift+S"),
    Action("open_edits", "Open street edits…"),
    Action("save_edits", "Save street edits…"),
    Action("new_project", "New project…", "Ctrl+N"),
    Action("open_project", "Open a project…", "Ctrl+O"),
    Action("recent_project", "Open a recent project…", "Ctrl+R"),
    Action("save_project", "Save the project", "Ctrl+S"),
    Action("save_project_as", "Save the project as…", "Ctrl+Alt+S"),
    Action("approval", "Map approval…"),
    Action("open_layers", "Open layers…", "Ctrl+Shift+I"),
    Action("open_database", "Open from PostGIS…"),
    Action("base_map", "Add a base map…", "Ctrl+Shift+B"),
    Action("load_network", "Load network…", "Ctrl+Shift+N"),
    Action("map_out", "Map as sheet or picture…", "Ctrl+Shift+P"),
    Action("measure", "Measure", "Ctrl+M"),
    Action("open_table", "Table", "Ctrl+T"),
    Action("style_layer", "Style…", "Ctrl+Shift+Y"),
    Action("edit_layer", "Edit features…", "Ctrl+Shift+D"),
    Action("take_out", "Take out…", "Ctrl+Shift+T"),
    Action("provenance", "Where this comes from…", "Ctrl+Shift+W"),
    Action("remove_layer", "Remove the layer from the map"),
    Action("zoom_in", "Zoom in", "Ctrl++"),
    Action("zoom_out", "Zoom out", "Ctrl+-"),
    Action("home", "Back to the origin", "Ctrl+0"),
    Action("zoom_result", "Show the whole result", "Ctrl+Shift+R"),
    Action("zoom_layer", "Show the whole layer", "Ctrl+Shift+L"),
    Action("zoom_selection", "Show the selected place", "Ctrl+Shift+F"),
    Action("three_d", "Table in 3D", "F7"),
    Action("pick_origin", "Pick on the map", "Ctrl+P"),
    Action("add_origin", "Add an origin", "Ctrl+Shift+A"),
    Action("clear_origin", "Remove the origin", "Ctrl+Shift+Backspace"),
    Action("focus_map", "Move the focus to the map", "F6"),
    Action("explain", "How was this computed?", "Ctrl+I"),
    Action("show_reach", "Reach", "Ctrl+1"),
    *(Action(f"show_{one.id}", one.title.template, one.shortcut) for one in ANALYSES),
    Action("show_compare", "Compare", "Ctrl+3"),
    Action("show_scenario", "Scenario", "Ctrl+4"),
    Action("show_edits", "Street edits", "Ctrl+5"),
    Action("help", "Help", "F1"),
    Action("quit", "Quit", "Ctrl+Q"),
)


@dataclass(frozen=True, slots=True)
class Menu:
    """A menu of the window's bar.

    Attributes
    ----------
    text
        Words in the source language; the letter after & opens it with Alt.
    groups
        Ids of its actions; a line parts the groups.
    """

    text: str
    groups: tuple[tuple[str, ...], ...]


# Every action stands in one menu.
MENUS: Final[tuple[Menu, ...]] = (
    Menu(
        "&File",
        (
            (
                "new_project",
                "open_project",
                "recent_project",
                "save_project",
                "save_project_as",
            ),
            (
                "open_layers",
                "open_database",
                "base_map",
                "load_network",
                "open_scenario",
                "open_edits",
            ),
            ("save_scenario", "save_edits", "take_scene"),
            ("approval", "map_out", "export_html", "export_comparison"),
            ("quit",),
        ),
    ),
    Menu("&Edit", (("undo", "redo"), ("measure",), ("pick_origin", "add_origin", "clear_origin"))),
    Menu(
        "&View",
        (
            ("zoom_in", "zoom_out", "home"),
            ("zoom_result", "zoom_layer", "zoom_selection"),
            ("three_d",),
            ("search", "focus_map"),
            ("theme", "language"),
        ),
    ),
    Menu(
        "&Layer",
        (
            ("open_table", "edit_layer", "style_layer", "take_out"),
            ("provenance",),
            ("remove_layer",),
        ),
    ),
    Menu(
        "&Analysis",
        (
            ("show_reach", *(f"show_{one.id}" for one in ANALYSES)),
            ("show_compare", "show_scenario", "show_edits"),
            ("explain",),
        ),
    ),
    Menu("&Help", (("help",),)),
)

# What single keys do where no text is typed, as text and keys; the widgets themselves take them.
KEYS: Final[tuple[tuple[str, str], ...]] = (
    ("Move the map", "Left Right Up Down"),
    ("Move the map a little", "Shift+Left Right Up Down"),
    ("Zoom in or out", "+ -"),
    ("Return to the initial view", "Home"),
    ("Turn the table in 3D, and tilt it", "Ctrl+Left Right Up Down"),
    ("Click at the crosshair: set the origin, choose a place, add a point", "Space"),
    ("Finish drawing", "Return"),
    ("Remove last point", "Backspace"),
    ("Cancel the current action; close the card", "Esc"),
    ("Go to the next control, or back", "Tab Shift+Tab"),
    ("Move a layer up or down in its group", "Alt+Up Alt+Down"),
    ("Move a cutoff by one minute, or by five", "Left Right PgUp PgDown"),
)
