from views import page

v = page.visit()
page.bar(v)
page.head(v, "wall", v.w("site.nav.wall"), v.w("site.description"))
page.foot(v)
